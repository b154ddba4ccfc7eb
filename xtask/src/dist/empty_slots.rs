//! Drops lists that hold only nulls.
//!
//! The table through which functions are called has a slot for each function of a part. The split leaves a list of nulls in
//! the program for the slots that a part fills when it is loaded. A slot holds null before anything is written to it, so
//! these lists do nothing but fill twenty kilobytes of every first view.

use super::binary::{Reader, rewritten, write_number};
use crate::failure::{Failure, Outcome};

/// The id of the section that fills the table.
const ELEMENTS: u8 = 9;
/// Kinds of a list in it: of functions, and of expressions.
const FUNCTIONS: usize = 0;
const EXPRESSIONS: usize = 4;

/// The expression for null, and the two codes that it is made of here.
const REF_NULL: u8 = 0xd0;
const REF_FUNC: u8 = 0xd2;
const END: u8 = 0x0b;

/// The program without lists that hold nothing but nulls.
pub(super) fn dropped(program: &[u8]) -> Outcome<Vec<u8>> {
    rewritten(program, |id, section| {
        (id == ELEMENTS).then(|| full_lists(section)).transpose()
    })
}

fn full_lists(section: &[u8]) -> Outcome<Vec<u8>> {
    let mut reader = Reader::new(section);
    let mut kept = Vec::new();
    let mut count = 0;
    for _ in 0..reader.number()? {
        let start = reader.at();
        if has_function(&mut reader)? {
            kept.extend_from_slice(reader.since(start));
            count += 1;
        }
    }
    if !reader.is_at_end() {
        return Err(Failure::new("the program's table has more lists than it says"));
    }
    let mut out = Vec::new();
    write_number(&mut out, count);
    out.extend(kept);
    Ok(out)
}

/// Reads one list.
fn has_function(reader: &mut Reader<'_>) -> Outcome<bool> {
    let kind = reader.number()?;
    if kind != FUNCTIONS && kind != EXPRESSIONS {
        return Err(Failure::new(format!(
            "the program's table has a list of the kind {kind}"
        )));
    }
    // Where the list starts: a constant or a global, by one number.
    reader.byte()?;
    reader.number()?;
    end(reader)?;
    let mut has_function = false;
    for _ in 0..reader.number()? {
        if kind == FUNCTIONS {
            reader.number()?;
            has_function = true;
            continue;
        }
        has_function |= match reader.byte()? {
            REF_FUNC => true,
            REF_NULL => false,
            other => {
                return Err(Failure::new(format!(
                    "the program's table has an expression {other:#x}"
                )));
            }
        };
        // The function, or the type of the null.
        reader.number()?;
        end(reader)?;
    }
    Ok(has_function)
}

fn end(reader: &mut Reader<'_>) -> Outcome<()> {
    match reader.byte()? {
        END => Ok(()),
        other => Err(Failure::new(format!(
            "the program's table has {other:#x} where an expression ends"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";
    /// Two functions from slot 1.
    const FUNCTIONS_1: &[u8] = &[0, 0x41, 1, 0x0b, 2, 7, 8];
    /// Two nulls from slot 3.
    const NULLS: &[u8] = &[4, 0x41, 3, 0x0b, 2, 0xd0, 0x70, 0x0b, 0xd0, 0x70, 0x0b];
    /// A null and a function from slot 5.
    const MIXED: &[u8] = &[4, 0x41, 5, 0x0b, 2, 0xd0, 0x70, 0x0b, 0xd2, 9, 0x0b];

    fn program(lists: &[&[u8]]) -> Vec<u8> {
        let section = [&[lists.len() as u8], lists.concat().as_slice()].concat();
        let size = [ELEMENTS, section.len() as u8];
        // A section before it that nobody looks into.
        [HEAD, &[3, 2, 1, 0], &size, &section].concat()
    }

    #[test]
    fn lists_of_nulls_alone_are_dropped() {
        let short = dropped(&program(&[FUNCTIONS_1, NULLS, MIXED, NULLS])).unwrap();
        assert_eq!(short, program(&[FUNCTIONS_1, MIXED]));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(dropped(&program(&[&[1, 0, 1, 7]])).is_err());
        assert!(dropped(&program(&[&[4, 0x41, 3, 0x0b, 1, 0x23, 0, 0x0b]])).is_err());
        let whole = program(&[NULLS]);
        assert!(dropped(&whole[..whole.len() - 1]).is_err());
    }
}
