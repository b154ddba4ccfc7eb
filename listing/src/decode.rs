//! A page of secrets, from bytes into columns.
//!
//! What the columns do not hold is skipped where it stands. That goes for `spec` above all: a value that a server sends in
//! a list is never unescaped, copied or kept (docs/security.md).

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::facts::{Creator, Facts};
use crate::instant;
use crate::rows::{Row, Rows};

/// Why a page could not be taken in. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// It is not what the contract says. The text names the place, never the data.
    #[error("the page is not what the contract says: {0}")]
    Malformed(String),
    /// The list has outgrown what a page of the browser can hold.
    #[error("the list is too large")]
    TooLarge,
}

/// What a page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRead {
    /// The rows of its secrets, in its order. Those that were added have not entered yet; a secret that is in the list
    /// already and says the same has the row that it had.
    pub(crate) rows: Vec<Row>,
    /// Where the next page starts; none after the last one.
    pub next_cursor: Option<String>,
}

/// Reads a page. Where it fails, the rows are as they were.
pub(crate) fn page(bytes: &[u8], rows: &mut Rows) -> Result<PageRead, PageError> {
    let mark = rows.mark();
    let mut order = Vec::new();
    // To look once whether all of it is UTF-8 costs a good deal less than to look at each text.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(PageError::Malformed("not UTF-8".to_owned()));
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let seed = Answer {
        items: Items {
            rows,
            order: &mut order,
        },
    };
    let read = seed
        .deserialize(&mut reader)
        .and_then(|read| reader.end().map(|()| read));
    match read {
        Ok(next_cursor) => Ok(PageRead {
            rows: order,
            next_cursor,
        }),
        Err(error) => {
            rows.back_to(mark);
            Err(if error.to_string().starts_with(TOO_LARGE) {
                PageError::TooLarge
            } else {
                PageError::Malformed(place_of(&error))
            })
        }
    }
}

/// How serde is told that there is no more room.
const TOO_LARGE: &str = "too large";

/// Where an error is and of which kind; serde's own words may quote the data.
fn place_of(error: &serde_json::Error) -> String {
    let kind = match error.classify() {
        serde_json::error::Category::Syntax => "not JSON",
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Data | serde_json::error::Category::Io => "a field of another kind",
    };
    format!("{kind}, line {}, column {}", error.line(), error.column())
}

/// A text, borrowed where it can be; `null` and what is missing are empty (api.md, Transport).
#[derive(Debug, Default)]
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
            fn visit_unit<E>(self) -> Result<Text<'de>, E> {
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// Labels; `null` is none.
#[derive(Debug, Default)]
struct LabelTexts<'a>(Vec<(Text<'a>, Text<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for LabelTexts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = LabelTexts<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("labels")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LabelTexts<'de>, A::Error> {
                let mut labels = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    labels.push(pair);
                }
                Ok(LabelTexts(labels))
            }
            fn visit_unit<E>(self) -> Result<LabelTexts<'de>, E> {
                Ok(LabelTexts::default())
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Secret<'a> {
    #[serde(borrow)]
    metadata: Metadata<'a>,
    #[serde(borrow, default)]
    info: Option<Info<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Metadata<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    external_id: Text<'a>,
    #[serde(borrow)]
    labels: LabelTexts<'a>,
    #[serde(borrow)]
    bundle_key: Text<'a>,
    #[serde(borrow)]
    profile_id: Text<'a>,
    #[serde(borrow)]
    created_at: Text<'a>,
    #[serde(borrow)]
    updated_at: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Info<'a> {
    #[serde(borrow)]
    created_by: Option<Profile<'a>>,
    #[serde(borrow)]
    last_used_at: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Profile<'a> {
    #[serde(borrow)]
    metadata: Option<ProfileMetadata<'a>>,
    #[serde(borrow)]
    spec: Option<ProfileSpec<'a>>,
    /// Some versions of the API put it here.
    #[serde(borrow)]
    last_used_at: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ProfileMetadata<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ProfileSpec<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    email: Text<'a>,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
}

/// The whole answer.
struct Answer<'rows> {
    items: Items<'rows>,
}

impl<'de> DeserializeSeed<'de> for Answer<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answer<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut next = None;
        while let Some(key) = map.next_key::<Text<'de>>()? {
            match key.0.as_ref() {
                "items" => map.next_value_seed(&mut self.items)?,
                "pagination" => {
                    // Both spellings are about; an empty one is none (api.md, Pagination).
                    #[derive(Default, Deserialize)]
                    #[serde(default)]
                    struct Pagination<'a> {
                        #[serde(borrow, rename = "nextCursor")]
                        camel: Text<'a>,
                        #[serde(borrow, rename = "next_cursor")]
                        snake: Text<'a>,
                    }
                    let read = map.next_value::<Option<Pagination<'de>>>()?.unwrap_or_default();
                    next = [read.camel, read.snake]
                        .into_iter()
                        .map(|text| text.0.into_owned())
                        .find(|text| !text.is_empty());
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(next)
    }
}

/// The secrets of the answer.
struct Items<'rows> {
    rows: &'rows mut Rows,
    order: &'rows mut Vec<Row>,
}

impl<'de> DeserializeSeed<'de> for &mut Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of secrets")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while let Some(secret) = sequence.next_element::<Secret<'de>>()? {
            self.take(&secret).ok_or_else(|| serde::de::Error::custom(TOO_LARGE))?;
        }
        Ok(())
    }
}

impl Items<'_> {
    fn take(&mut self, secret: &Secret<'_>) -> Option<()> {
        let metadata = &secret.metadata;
        if metadata.id.0.is_empty() {
            // Nothing could be done with it: no address leads there.
            return Some(());
        }
        let info = secret.info.as_ref();
        let profile = info.and_then(|info| info.created_by.as_ref());
        let profile_metadata = profile.and_then(|profile| profile.metadata.as_ref());
        let spec = profile.and_then(|profile| profile.spec.as_ref());
        fn first<'a>(texts: [Option<&'a Text<'_>>; 2]) -> &'a str {
            let mut texts = texts.into_iter().flatten().map(|text| &*text.0);
            texts.find(|text| !text.is_empty()).unwrap_or_default()
        }
        let own_name = profile_metadata.map(|metadata| &metadata.name);
        let name = first([spec.map(|spec| &spec.name), own_name]);
        let id = first([
            profile_metadata.map(|metadata| &metadata.id),
            Some(&metadata.profile_id),
        ]);
        let used = info.map(|info| instant::parse(&info.last_used_at.0));
        let used = used.filter(|used| *used != instant::NEVER);
        let used = used.or_else(|| profile.map(|profile| instant::parse(&profile.last_used_at.0)));
        let labels: Vec<(&str, &str)> = metadata
            .labels
            .0
            .iter()
            .map(|(key, value)| (&*key.0, &*value.0))
            .collect();
        let mark = self.rows.mark();
        let row = self.rows.push(&Facts {
            id: &metadata.id.0,
            name: &metadata.name.0,
            external_id: &metadata.external_id.0,
            labels: &labels,
            bundle: &metadata.bundle_key.0,
            creator: Creator {
                id,
                name,
                email: spec.map_or("", |spec| &spec.email.0),
                kind: spec.map_or("", |spec| &spec.kind.0),
            },
            created: instant::parse(&metadata.created_at.0),
            updated: instant::parse(&metadata.updated_at.0),
            used: used.unwrap_or(instant::NEVER),
            has_info: info.is_some(),
        })?;
        let known = self.rows.find(&metadata.id.0);
        let row = match known.filter(|known| self.rows.is_same(*known, row)) {
            Some(known) => {
                self.rows.back_to(mark);
                known
            }
            None => row,
        };
        self.order.push(row);
        Some(())
    }
}
