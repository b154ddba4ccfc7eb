//! Pages and cursors (api.md, Pagination).

use std::borrow::Cow;

use serde::Serialize;

use crate::json::{Broken, Field, FromJson, Json, Read};
use crate::request::{self, Answer};

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
    /// Items of another form than the contract says, by the name or the id that they have; empty if they have none. They
    /// hide no others (api.md, Transport).
    pub unreadable: Vec<String>,
    /// The cursor of the next page; `None` after the last one.
    pub next_cursor: Option<Cursor>,
}

impl<Item: FromJson> Answer for Page<Item> {
    fn decode(bytes: &[u8]) -> Result<Self, String> {
        let (mut items, mut unreadable) = (Vec::new(), Vec::new());
        let next_cursor = read_page(bytes, &mut |json| {
            let mut item = json.again();
            match Item::read(&mut item) {
                Ok(Some(read)) => {
                    items.push(read);
                    *json = item;
                    Ok(())
                }
                // If it is JSON at all, the others are read all the same.
                Ok(None) | Err(_) => {
                    unreadable.push(name_of(json.again()));
                    json.skip()
                }
            }
        })?;
        Ok(Self {
            items,
            unreadable,
            next_cursor,
        })
    }
}

/// What an item that can't be read is called.
fn name_of(mut item: Json<'_>) -> String {
    let (mut id, mut name) = (String::new(), String::new());
    // What follows may be what can't be read.
    let _ = item.object(&mut |json, key| match &*key {
        "metadata" => json
            .object(&mut |json, key| match &*key {
                "id" => json.text().map(|text| id = text.into_owned()),
                "name" => json.text().map(|text| name = text.into_owned()),
                _ => json.skip(),
            })
            .map(|_| ()),
        _ => json.skip(),
    });
    if name.is_empty() { id } else { name }
}

/// Reads a page whose items are read by a function.
fn read_page(bytes: &[u8], item: &mut dyn FnMut(&mut Json<'_>) -> Read<()>) -> Result<Option<Cursor>, String> {
    request::read_whole(bytes, |json| {
        // Both spellings occur, even in one answer.
        let (mut camel, mut snake) = (Cow::Borrowed(""), Cow::Borrowed(""));
        let is_there = json.fields(&mut [
            (
                "items",
                Field::Value(&mut |json| json.list(&mut |json, ()| item(json)).map(|_| ())),
            ),
            (
                "pagination",
                Field::Value(&mut |json| {
                    // Whole: a shortened one would be another place of the list.
                    let pagination = &mut [
                        (
                            "nextCursor",
                            Field::Value(&mut |json| json.whole_text().map(|text| camel = text)),
                        ),
                        (
                            "next_cursor",
                            Field::Value(&mut |json| json.whole_text().map(|text| snake = text)),
                        ),
                    ];
                    json.fields(pagination).map(|_| ())
                }),
            ),
        ])?;
        if !is_there {
            return Err(Broken::Kind);
        }
        Ok(Cursor::new(camel).or_else(|| Cursor::new(snake)))
    })
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
