//! Untyped JSON, for data that is read piece by piece: a configuration, an error body.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

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

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
                Ok(Node::Integer(number))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
                Ok(i64::try_from(number).map_or(Node::Other, Node::Integer))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Node::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
                let mut object = Vec::new();
                while let Some(field) = fields.next_entry()? {
                    object.push(field);
                }
                Ok(Node::Object(object))
            }
        }
        deserializer.deserialize_any(Any)
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
        serde_json::from_slice(text.as_bytes()).unwrap()
    }

    #[test]
    fn every_kind_of_json() {
        assert_eq!(read("null"), Node::Null);
        for other in ["true", "false", "1.5", "1e400", "18446744073709551615"] {
            let node = serde_json::from_str::<Node>(other).unwrap_or(Node::Other);
            assert_eq!(node, Node::Other, "{other}");
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
