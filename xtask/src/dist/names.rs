//! Short names between the program and its glue.
//!
//! wasm-bindgen names each of three hundred imports by what it does and by a hash, which nothing can compress; the names are
//! in the program and in the glue.

use super::binary::{Reader, rewritten, write_number};
use crate::failure::{Failure, Outcome};

/// The id of the import section.
const IMPORTS: u8 = 2;

/// What [`shorten`] calls the glue.
const GLUE: &str = "g";

/// Gives the imports from the module `glue_name` short names, in the program and in the glue.
pub(super) fn shorten(program: &[u8], glue: &str, glue_name: &str) -> Outcome<(Vec<u8>, String)> {
    let mut renamed = Renamed {
        glue: glue.to_owned(),
        count: 0,
    };
    let program = rewritten(program, |id, section| {
        (id == IMPORTS)
            .then(|| imports(section, glue_name, &mut renamed))
            .transpose()
    })?;
    let module = format!("\"{glue_name}\": ");
    if renamed.glue.matches(&module).count() != 1 {
        return Err(Failure::new(format!("the glue does not hand over {glue_name} once")));
    }
    let glue = renamed.glue.replace(&module, &format!("\"{GLUE}\": "));
    Ok((program, glue))
}

/// The glue, as far as its functions have short names.
struct Renamed {
    glue: String,
    count: usize,
}

impl Renamed {
    /// Renames a function of the glue; returns its short name.
    fn rename(&mut self, name: &str) -> Outcome<String> {
        let known = format!(" {name}: function(");
        if self.glue.matches(&known).count() != 1 {
            return Err(Failure::new(format!("the glue has no function `{name}`, or several")));
        }
        let short = short(self.count);
        self.count += 1;
        self.glue = self.glue.replace(&known, &format!(" {short}: function("));
        Ok(short)
    }
}

/// `a` to `z`, then `aa`, `ba` and so on.
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.extend(char::from_digit(10 + (number % 26) as u32, 36));
        if number < 26 {
            return name;
        }
        number = number / 26 - 1;
    }
}

fn imports(section: &[u8], glue_name: &str, renamed: &mut Renamed) -> Outcome<Vec<u8>> {
    let mut reader = Reader::new(section);
    let count = reader.number()?;
    let mut out = Vec::new();
    write_number(&mut out, count);
    for _ in 0..count {
        let (module, name) = (reader.text()?, reader.text()?);
        let (module, name) = if module == glue_name {
            (GLUE, renamed.rename(name)?)
        } else {
            (module, name.to_owned())
        };
        for text in [module, &name] {
            write_number(&mut out, text.len());
            out.extend_from_slice(text.as_bytes());
        }
        let start = reader.at();
        reader.description()?;
        out.extend_from_slice(reader.since(start));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE_TEXT: &str = "import0 = {\n    __wbg_now_0123: function(a) {},\n    __wbg_of_4567: function() {},\n};\n\
                             return { \"./x_bg.js\": import0, \"./__wasm_split.js\": import1 };";

    /// A module of an import section and a section that nobody looks into.
    fn program(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut section = vec![imports.len() as u8];
        for (module, name) in imports {
            for text in [module, name] {
                section.push(text.len() as u8);
                section.extend_from_slice(text.as_bytes());
            }
            section.extend_from_slice(&[0, 3]);
        }
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.extend_from_slice(&[IMPORTS, section.len() as u8]);
        bytes.extend(section);
        bytes.extend_from_slice(&[3, 2, 1, 0]);
        bytes
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let long = [
            ("./x_bg.js", "__wbg_of_4567"),
            ("./__wasm_split.js", "load"),
            ("./x_bg.js", "__wbg_now_0123"),
        ];
        let (short, glue) = shorten(&program(&long), GLUE_TEXT, "./x_bg.js").unwrap();
        assert_eq!(short, program(&[("g", "a"), ("./__wasm_split.js", "load"), ("g", "b")]));
        assert_eq!(
            glue,
            "import0 = {\n    b: function(a) {},\n    a: function() {},\n};\n\
             return { \"g\": import0, \"./__wasm_split.js\": import1 };"
        );
    }

    #[test]
    fn what_would_not_fit_is_refused() {
        let refused = |program: &[u8], glue: &str| shorten(program, glue, "./x_bg.js").is_err();
        assert!(refused(&program(&[("./x_bg.js", "__wbg_gone_89")]), GLUE_TEXT));
        assert!(refused(&program(&[]), "return {};"));
        let whole = program(&[("./x_bg.js", "__wbg_of_4567")]);
        assert!(refused(&whole[..20], GLUE_TEXT));
    }

    #[test]
    fn each_name_is_given_once() {
        let mut names: Vec<String> = (0..2_000).map(short).collect();
        assert_eq!(
            (names[0].as_str(), names[25].as_str(), names[26].as_str()),
            ("a", "z", "aa")
        );
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 2_000);
    }
}
