//! Short names between the program and its glue.
//!
//! wasm-bindgen names each of three hundred imports by what it does and by a hash, which nothing can compress; the names are
//! in the program and in the glue.

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
    let program = rewritten(program, glue_name, &mut renamed)?;
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

fn rewritten(program: &[u8], glue_name: &str, renamed: &mut Renamed) -> Outcome<Vec<u8>> {
    let mut reader = Reader { bytes: program, at: 0 };
    let mut out = reader.take(8)?.to_vec();
    while reader.at < program.len() {
        let id = reader.byte()?;
        let size = reader.number()?;
        let section = reader.take(size)?;
        let changed = if id == IMPORTS {
            Some(imports(section, glue_name, renamed)?)
        } else {
            None
        };
        let section = changed.as_deref().unwrap_or(section);
        out.push(id);
        write_number(&mut out, section.len());
        out.extend_from_slice(section);
    }
    Ok(out)
}

fn imports(section: &[u8], glue_name: &str, renamed: &mut Renamed) -> Outcome<Vec<u8>> {
    let mut reader = Reader { bytes: section, at: 0 };
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
        let start = reader.at;
        reader.description()?;
        out.extend_from_slice(section.get(start..reader.at).unwrap_or_default());
    }
    Ok(out)
}

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Reads WebAssembly's binary format.
struct Reader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
}

impl<'bytes> Reader<'bytes> {
    fn take(&mut self, count: usize) -> Outcome<&'bytes [u8]> {
        let end = self.at.checked_add(count);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| Failure::new("the program ends too early"))?;
        self.at += count;
        Ok(taken)
    }

    fn byte(&mut self) -> Outcome<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    /// An unsigned number in LEB128.
    fn number(&mut self) -> Outcome<usize> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Failure::new("the program has a number that is too long"))
    }

    fn text(&mut self) -> Outcome<&'bytes str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Failure::new("the program has a name that is not UTF-8"))
    }

    /// Passes over what an import is.
    fn description(&mut self) -> Outcome<()> {
        match self.byte()? {
            // A function, by its type.
            0 => self.number().map(|_| ()),
            // A table: the type of its elements, and its limits.
            1 => {
                self.byte()?;
                self.limits()
            }
            2 => self.limits(),
            // A global: its type, and whether it changes.
            3 => self.take(2).map(|_| ()),
            other => Err(Failure::new(format!(
                "the program imports something of the kind {other}"
            ))),
        }
    }

    fn limits(&mut self) -> Outcome<()> {
        let has_end = self.byte()? & 1 != 0;
        self.number()?;
        if has_end {
            self.number()?;
        }
        Ok(())
    }
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
