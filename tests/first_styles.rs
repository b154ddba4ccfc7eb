//! What `index.html` styles before the style sheet is there is styled so by the sheet, too: nothing moves when it comes.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    /// What only the document holds: how it is drawn until the program draws it.
    const OWN: [&str; 4] = [
        ".brand-drawn::before",
        ".brand-drawn > svg",
        "#boot-lost",
        "@keyframes lost to",
    ];

    /// The declarations of each rule, by the conditions and selectors around them. Layers are left out: of the files, only
    /// `main.css` names them.
    fn rules(sheet: &str) -> BTreeMap<String, Vec<String>> {
        let mut rules: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let (mut around, mut text) = (Vec::new(), String::new());
        for character in without_comments(sheet).chars() {
            match character {
                '{' => around.push(words(&std::mem::take(&mut text))),
                ';' => {
                    let place: Vec<&str> = around
                        .iter()
                        .map(String::as_str)
                        .filter(|one| !one.starts_with("@layer"))
                        .collect();
                    rules
                        .entry(place.join(" "))
                        .or_default()
                        .push(words(&std::mem::take(&mut text)));
                }
                '}' => {
                    around.pop();
                }
                other => text.push(other),
            }
        }
        rules
    }

    fn words(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn without_comments(sheet: &str) -> String {
        let parts = sheet.split("/*").enumerate();
        let kept = parts.map(|(index, part)| {
            if index == 0 {
                part
            } else {
                part.split_once("*/").map_or("", |(_, after)| after)
            }
        });
        kept.collect()
    }

    #[test]
    fn each_rule_of_the_document_is_one_of_the_sheet() {
        let document = fs::read_to_string("index.html").expect("index.html");
        let (_, inline) = document.split_once("<style>").expect("a style");
        let (inline, _) = inline.split_once("</style>").expect("its end");
        let mut sheet = BTreeMap::<String, Vec<String>>::new();
        for file in fs::read_dir("style").expect("style/") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|kind| kind == "css") {
                let text = fs::read_to_string(&path).expect("a style sheet");
                for (place, declarations) in rules(&text) {
                    sheet.entry(place).or_default().extend(declarations);
                }
            }
        }
        let own = rules(inline);
        assert!(own.len() > 15, "{own:?}");
        for (place, declarations) in own {
            if OWN.iter().any(|own| place.starts_with(own)) || place.is_empty() {
                continue;
            }
            for declaration in declarations {
                let is_there = sheet.get(&place).is_some_and(|known| known.contains(&declaration));
                // A rule of the sheet may be for more selectors.
                let is_in_list = || {
                    sheet
                        .iter()
                        .any(|(known, all)| known.split(", ").any(|one| one == place) && all.contains(&declaration))
                };
                assert!(is_there || is_in_list(), "{place} {{ {declaration} }} is not in style/");
            }
        }
    }
}
