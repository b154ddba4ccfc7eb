//! Code snippets that read a secret. The key is a variable, never the key itself.

/// The language of a snippet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For a shell.
    Curl,
    /// With the official SDK.
    Python,
    /// With `fetch`.
    TypeScript,
    /// With `net/http`.
    Go,
}

/// All forms, in the order on screen.
pub const FORMS: [Form; 4] = [Form::Curl, Form::Python, Form::TypeScript, Form::Go];

impl Form {
    /// Its name, which is the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Python => "Python",
            Self::TypeScript => "TypeScript",
            Self::Go => "Go",
        }
    }
}

/// A snippet that reads a secret.
///
/// `base` is the base URL of the API without a trailing slash, `workspace` and `secret` are ids. All are escaped.
#[must_use]
pub fn read_call(form: Form, base: &str, workspace: &str, secret: &str) -> String {
    let address = format!(
        "{base}/v1/workspaces/{}/workspace_secrets/{}",
        segment(workspace),
        segment(secret)
    );
    match form {
        Form::Curl => format!(
            "curl -H \"Authorization: Bearer $CADENYA_API_KEY\" {}\n",
            shell(&address)
        ),
        Form::Python => format!(
            "import os\n\nfrom cadenya import Cadenya\n\nclient = Cadenya(api_key=os.environ[\"CADENYA_API_KEY\"], base_url={})\nsecret = client.workspace_secrets.retrieve({}, workspace_id={})\nprint(secret)\n",
            quoted(base),
            quoted(secret),
            quoted(workspace)
        ),
        Form::TypeScript => format!(
            "const answer = await fetch({}, {{\n  headers: {{ Authorization: `Bearer ${{process.env.CADENYA_API_KEY}}` }},\n}});\nif (!answer.ok) throw new Error(`HTTP ${{answer.status}}`);\nconst secret = await answer.json();\n",
            quoted(&address)
        ),
        Form::Go => format!(
            "request, err := http.NewRequest(\"GET\", {}, nil)\nif err != nil {{\n\treturn err\n}}\nrequest.Header.Set(\"Authorization\", \"Bearer \"+os.Getenv(\"CADENYA_API_KEY\"))\nanswer, err := http.DefaultClient.Do(request)\nif err != nil {{\n\treturn err\n}}\ndefer answer.Body.Close()\n",
            quoted(&address)
        ),
    }
}

/// An id as a segment of a path (RFC 3986 §3.3).
fn segment(id: &str) -> String {
    const PLAIN: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(id, PLAIN).to_string()
}

/// A text in single quotes for POSIX shells.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text as a JSON string, which is valid in Python, TypeScript and Go, too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_names_the_place_and_never_a_key() {
        let base = "https://api.cadenya.com";
        let call = |form| read_call(form, base, "ws_1", "s/'\"1");
        assert_eq!(
            call(Form::Curl),
            "curl -H \"Authorization: Bearer $CADENYA_API_KEY\" \
             'https://api.cadenya.com/v1/workspaces/ws_1/workspace_secrets/s%2F%27%221'\n"
        );
        assert!(call(Form::Python).contains(r#"retrieve("s/'\"1", workspace_id="ws_1")"#));
        for form in FORMS {
            assert!(
                call(form).contains("CADENYA_API_KEY") && call(form).contains(base),
                "{form:?}"
            );
        }
        for form in [Form::TypeScript, Form::Go] {
            assert!(
                call(form).contains("/workspaces/ws_1/workspace_secrets/s%2F%27%221\""),
                "{form:?}"
            );
        }
        assert_eq!(shell("a'b"), r"'a'\''b'");
    }
}
