//! Pages and cursors (api.md, Pagination).

use serde::{Deserialize, Deserializer, Serialize};

use crate::wire;

/// The start of the next page of exactly one query. Opaque.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// Wraps a cursor of the server; an empty one means none.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        (!text.is_empty()).then_some(Self(text))
    }

    /// The cursor as the server wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<Item> {
    /// The items. May be empty on a page that is not the last one.
    pub items: Vec<Item>,
    /// The cursor of the next page; `None` after the last one.
    pub next_cursor: Option<Cursor>,
}

impl<'de, Item: Deserialize<'de>> Deserialize<'de> for Page<Item> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Wire<Item> {
            items: Option<Vec<Item>>,
            pagination: Option<Pagination>,
        }
        // Two fields instead of an alias, because a response may contain both spellings.
        #[derive(Deserialize)]
        struct Pagination {
            #[serde(rename = "nextCursor", default, deserialize_with = "wire::text")]
            camel: Option<String>,
            #[serde(rename = "next_cursor", default, deserialize_with = "wire::text")]
            snake: Option<String>,
        }
        let wire = Wire::<Item>::deserialize(deserializer)?;
        Ok(Self {
            items: wire.items.unwrap_or_default(),
            next_cursor: wire
                .pagination
                .and_then(|it| it.camel.or(it.snake))
                .and_then(Cursor::new),
        })
    }
}

impl<Item: Serialize> Serialize for Page<Item> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Pagination<'a> {
            next_cursor: &'a str,
        }
        #[derive(Serialize)]
        struct Wire<'a, Item> {
            items: &'a [Item],
            pagination: Pagination<'a>,
        }
        let next_cursor = self.next_cursor.as_ref().map_or("", Cursor::as_str);
        Wire {
            items: &self.items,
            pagination: Pagination { next_cursor },
        }
        .serialize(serializer)
    }
}
