//! The content security policy of the site, as its document came with it: what it says, rule by rule.

/// One rule of a policy: what it is about, and what it allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The name of the directive, in lower case.
    pub name: String,
    /// Its sources or values, as they are written.
    pub values: Vec<String>,
}

/// What a rule is about, for those that the site is served with (`site::content_security_policy`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// What no other rule is about.
    Rest,
    /// Programs.
    Scripts,
    /// Style sheets.
    Styles,
    /// Requests of the program.
    Requests,
    /// Pictures.
    Images,
    /// What the page's own addresses are relative to.
    Base,
    /// Where forms may be sent by the browser.
    Forms,
    /// Who may show this page inside another one.
    Frames,
    /// Text that becomes markup or a program.
    Markup,
    /// Another rule.
    Other,
}

/// What a source of a rule stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source<'text> {
    /// Nothing.
    Nothing,
    /// The origin of the page.
    Own,
    /// Compiling WebAssembly.
    WebAssembly,
    /// One file or text, known by its hash.
    Hashed,
    /// Weaker than the site needs: any script in the page, any host, text as a program.
    Weak(&'text str),
    /// An origin, or a value of another rule.
    Named(&'text str),
}

impl Rule {
    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self.name.as_str() {
            "default-src" => Subject::Rest,
            "script-src" | "script-src-elem" | "script-src-attr" | "worker-src" => Subject::Scripts,
            "style-src" | "style-src-elem" | "style-src-attr" => Subject::Styles,
            "connect-src" => Subject::Requests,
            "img-src" => Subject::Images,
            "base-uri" => Subject::Base,
            "form-action" => Subject::Forms,
            "frame-ancestors" => Subject::Frames,
            "require-trusted-types-for" | "trusted-types" => Subject::Markup,
            _ => Subject::Other,
        }
    }

    /// What it allows.
    #[must_use]
    pub fn sources(&self) -> Vec<Source<'_>> {
        if self.values.is_empty() && self.subject() != Subject::Other {
            return vec![Source::Nothing];
        }
        self.values.iter().map(|value| source(value)).collect()
    }

    /// Whether it allows more than the site needs.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.sources().iter().any(|source| matches!(source, Source::Weak(_)))
    }

    /// The rule as it is written.
    #[must_use]
    pub fn written(&self) -> String {
        let words: Vec<&str> = [self.name.as_str()]
            .into_iter()
            .chain(self.values.iter().map(String::as_str))
            .collect();
        words.join(" ")
    }
}

fn source(value: &str) -> Source<'_> {
    let lower = value.to_ascii_lowercase();
    let is_hash = ["'sha256-", "'sha384-", "'sha512-", "'nonce-"]
        .iter()
        .any(|start| lower.starts_with(start));
    match lower.as_str() {
        "'none'" => Source::Nothing,
        "'self'" => Source::Own,
        "'wasm-unsafe-eval'" => Source::WebAssembly,
        _ if is_hash => Source::Hashed,
        "'unsafe-inline'" | "'unsafe-eval'" | "'unsafe-hashes'" | "*" | "http:" | "https:" | "data:" | "blob:"
        | "filesystem:" => Source::Weak(value),
        _ if lower.contains('*') => Source::Weak(value),
        _ => Source::Named(value),
    }
}

/// The policies of a response header, each as its rules. A server may send several, which all apply.
#[must_use]
pub fn parse(header: &str) -> Vec<Vec<Rule>> {
    let policies = header.split(',').map(rules);
    policies.filter(|rules| !rules.is_empty()).collect()
}

fn rules(policy: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for text in policy.split(';') {
        let mut words = text.split_ascii_whitespace();
        let Some(name) = words.next().map(str::to_ascii_lowercase) else {
            continue;
        };
        // Of two rules of one name, the first counts (CSP 3, section 2.2.1).
        if rules.iter().all(|rule| rule.name != name) {
            let values = words.map(str::to_owned).collect();
            rules.push(Rule { name, values });
        }
    }
    rules
}

/// Whether all policies let the page send requests to an origin.
#[must_use]
pub fn allows(policies: &[Vec<Rule>], origin: &str, page_origin: &str) -> bool {
    policies.iter().all(|rules| {
        let named = |name: &str| rules.iter().find(|rule| rule.name == name);
        let Some(rule) = named("connect-src").or_else(|| named("default-src")) else {
            return true;
        };
        rule.values
            .iter()
            .any(|value| match value.to_ascii_lowercase().as_str() {
                "'self'" => origin == page_origin,
                "*" => true,
                "http:" | "https:" => origin.starts_with(value.as_str()),
                named => named.trim_end_matches('/') == origin,
            })
    })
}

/// What a page lacks that was served without a rule about it.
#[must_use]
pub fn missing(policies: &[Vec<Rule>]) -> Vec<&'static str> {
    const WANTED: [&str; 5] = [
        "script-src",
        "connect-src",
        "base-uri",
        "form-action",
        "frame-ancestors",
    ];
    // The first two have a rule to fall back to (CSP 3, section 6.8.3).
    let has = |name: &str| policies.iter().flatten().any(|rule| rule.name == name);
    let falls_back = |name: &str| name.ends_with("-src") && has("default-src");
    WANTED
        .into_iter()
        .filter(|name| !has(name) && !falls_back(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SERVED: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
        connect-src 'self' https://api.example; img-src 'self'; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

    #[test]
    fn the_policy_of_the_site_has_no_other_and_no_weak_rule() {
        let policies = parse(SERVED);
        let [rules] = policies.as_slice() else {
            panic!("one policy")
        };
        assert_eq!(rules.len(), 10);
        for rule in rules {
            assert!(rule.subject() != Subject::Other && !rule.is_weak(), "{rule:?}");
        }
        let written: Vec<_> = rules.iter().map(Rule::written).collect();
        assert_eq!(
            written.join("; "),
            SERVED.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        assert!(missing(&policies).is_empty());
        assert_eq!(rules[1].sources(), [Source::Own, Source::WebAssembly]);
        assert_eq!(rules[3].sources(), [Source::Own, Source::Named("https://api.example")]);
    }

    #[test]
    fn it_says_where_the_page_may_send_requests() {
        let here = "https://console.example";
        let is_allowed = |policy: &str, origin: &str| allows(&parse(policy), origin, here);
        assert!(is_allowed(SERVED, here) && is_allowed(SERVED, "https://api.example"));
        assert!(!is_allowed(SERVED, "https://api.example.org"));
        assert!(!is_allowed("default-src 'none'", here), "it falls back");
        assert!(
            is_allowed("script-src 'self'", "https://anywhere.example") && is_allowed("", "https://anywhere.example")
        );
        let both = format!("{SERVED}, connect-src 'self'");
        assert!(
            is_allowed(&both, here) && !is_allowed(&both, "https://api.example"),
            "all policies apply"
        );
    }

    #[test]
    fn what_is_weak_or_missing_is_said() {
        for weak in [
            "script-src 'unsafe-inline'",
            "connect-src *",
            "connect-src https:",
            "img-src data:",
            "script-src https://*.example",
        ] {
            assert!(parse(weak)[0][0].is_weak(), "{weak}");
        }
        assert_eq!(
            missing(&parse("default-src 'self'")),
            ["base-uri", "form-action", "frame-ancestors"]
        );
        assert!(parse("").is_empty() && parse(" ; , ;").is_empty());
        assert_eq!(
            parse("IMG-SRC a; img-src b")[0],
            [Rule {
                name: "img-src".to_owned(),
                values: vec!["a".to_owned()]
            }]
        );
    }

    proptest! {
        #[test]
        fn any_header_is_read(header in any::<String>(), origin in any::<String>()) {
            let policies = parse(&header);
            let _ = (allows(&policies, &origin, "https://here.example"), missing(&policies));
            prop_assert!(policies.iter().flatten().all(|rule| !rule.name.is_empty()));
        }
    }
}
