//! Untyped JSON, for data that is read piece by piece: a configuration, an error body.

use crate::json::{Broken, Json, Read, whole};

/// A JSON value. Smaller than `serde_json::Value`, whose printing, hashing and ordering would end up in the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `null`
    Null,
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A list.
    List(Vec<Node>),
    /// Fields in document order; of duplicate names, the last one counts.
    Object(Vec<(String, Node)>),
    /// A boolean or any other number.
    Other,
}

impl Node {
    /// Reads a whole text.
    ///
    /// # Errors
    ///
    /// Why it is no JSON, and at which line and column.
    pub fn parse(bytes: &[u8]) -> Result<Self, (Broken, usize, usize)> {
        whole(bytes, Self::read)
    }

    /// Reads the next value.
    ///
    /// # Errors
    ///
    /// If it is no JSON.
    pub fn read(json: &mut Json<'_>) -> Read<Self> {
        Ok(match json.next()? {
            b'"' => Self::Text(json.whole_text()?.into_owned()),
            b'[' => {
                let mut list = Vec::new();
                json.list(&mut |json, ()| {
                    list.push(Self::read(json)?);
                    Ok(())
                })?;
                Self::List(list)
            }
            b'{' => {
                let mut object = Vec::new();
                json.object(&mut |json, name| {
                    object.push((name.into_owned(), Self::read(json)?));
                    Ok(())
                })?;
                Self::Object(object)
            }
            b'n' => {
                json.skip()?;
                Self::Null
            }
            b't' | b'f' => {
                json.skip()?;
                Self::Other
            }
            // Anything else is no JSON, or a number.
            _ => json.text_or_number()?.parse().map_or(Self::Other, Self::Integer),
        })
    }
}

/// The value of a field.
#[must_use]
pub fn field<'a>(fields: &'a [(String, Node)], name: &str) -> Option<&'a Node> {
    fields
        .iter()
        .rev()
        .find(|(known, _)| known == name)
        .map(|(_, node)| node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Node {
        Node::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn every_kind_of_json() {
        assert_eq!(read("null"), Node::Null);
        for other in ["true", "false", "1.5", "1e400", "18446744073709551615"] {
            assert_eq!(read(other), Node::Other, "{other}");
        }
        assert_eq!((read("-1"), read("1")), (Node::Integer(-1), Node::Integer(1)));
        assert_eq!(
            read(r#"{"servers": ["a", {"later": []}]}"#),
            Node::Object(vec![(
                "servers".to_owned(),
                Node::List(vec![
                    Node::Text("a".to_owned()),
                    Node::Object(vec![("later".to_owned(), Node::List(Vec::new()))])
                ])
            )])
        );
    }

    #[test]
    fn the_last_of_two_fields_counts() {
        let Node::Object(fields) = read(r#"{"name": "a", "name": "b\u0041"}"#) else {
            panic!("an object")
        };
        assert_eq!(field(&fields, "name"), Some(&Node::Text("bA".to_owned())));
        assert_eq!(field(&fields, "auth"), None);
    }
}
