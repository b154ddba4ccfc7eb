//! axe-core, which finds what keeps people from using a page.

use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::browser::Page;
use crate::process::repository;

/// The program, as npm installed it.
static PROGRAM: LazyLock<String> = LazyLock::new(|| {
    let path = repository().join("node_modules/axe-core/axe.min.js");
    let remedy = "run `npm ci --ignore-scripts`";
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("reading {}: {error}: {remedy}", path.display()))
});

/// WCAG 2.2 at level AA, and what is good practice beyond it. No rule is left out and no element.
///
/// Under forced colours Chromium paints text in the colour that `color` computes to, but computes the property that axe
/// asks for first to what the page had wanted. Then axe is told what is painted.
const RUN: &str = "
    const styles = CSSStyleDeclaration.prototype, own = styles.getPropertyValue;
    if (matchMedia('(forced-colors: active)').matches) {
        styles.getPropertyValue = function (name) {
            return own.call(this, name === '-webkit-text-fill-color' ? 'color' : name);
        };
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false })
        .finally(() => { styles.getPropertyValue = own; })
        .then(found => ({
            rules: ['violations', 'passes', 'incomplete', 'inapplicable'].flatMap(it => found[it].map(rule => rule.id)),
            violations: found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
                nodes: nodes.map(({ target, html, failureSummary }) => ({ target, html, failureSummary })) })),
        }));";

/// Rules that are off unless they are asked for, and that have to run here.
const WANTED: [&str; 2] = ["target-size", "color-contrast"];

impl Page {
    /// What is wrong with the page as it is now, one text for each rule that is broken: the rule, and each element that
    /// breaks it, with what would mend it.
    ///
    /// # Panics
    ///
    /// Where axe-core is missing, with the remedy, or does not do what it is asked for.
    #[track_caller]
    pub fn violations(&self) -> Vec<String> {
        self.step("run axe");
        if self.run("return typeof globalThis.axe") != "object" {
            self.run(&PROGRAM);
        }
        let answer = self.run(RUN);
        let rules = answer["rules"].as_array().expect("axe names its rules");
        for wanted in WANTED {
            assert!(rules.iter().any(|rule| rule == wanted), "axe did not run {wanted}");
        }
        let violations = answer["violations"].as_array().expect("axe lists what it found");
        violations.iter().map(words).collect()
    }
}

fn words(violation: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut words = format!(
        "{} ({}): {}",
        text(&violation["id"]),
        text(&violation["impact"]),
        text(&violation["help"])
    );
    for node in violation["nodes"].as_array().into_iter().flatten() {
        let summary = text(&node["failureSummary"]).replace('\n', "\n      ");
        words.push_str(&format!(
            "\n    {}\n      {}\n      {summary}",
            node["target"],
            text(&node["html"])
        ));
    }
    words
}
