//! Decodes a page of secrets from bytes into columns.
//!
//! Fields without a column are skipped in place. That applies to `spec` above all: a value that a server sends in a
//! list is never unescaped, copied or stored (docs/security.md).

use std::borrow::Cow;

use contract::BUNDLE_LABEL;
use contract::json::{Broken, Json, Read, repaired};

use crate::list::facts::{Creator, Facts};
use crate::list::instant;
use crate::list::rows::{Row, Rows};

/// Why a page was rejected. Nothing of it was added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// It violates the contract. The text gives the position, never the data.
    #[error("the page is not what the contract says: {0}")]
    Malformed(String),
    /// The list has outgrown the limits of a browser page.
    #[error("the list is too large")]
    TooLarge,
}

/// The cursor that a page seems to name at its end, found without decoding the page, so that the next one can be asked for
/// meanwhile. Only a guess: a label may be called the same.
#[must_use]
pub fn cursor_at_end(page: &[u8]) -> Option<String> {
    const KEY: &[u8] = b"\"nextCursor\"";
    const END: usize = 2048;
    let end = page.get(page.len().saturating_sub(END)..)?;
    let at = end.windows(KEY.len()).rposition(|bytes| bytes == KEY)?;
    let rest = end.get(at + KEY.len()..)?.trim_ascii_start().strip_prefix(b":")?;
    let rest = rest.trim_ascii_start().strip_prefix(b"\"")?;
    let length = rest.iter().position(|byte| *byte == b'"')?;
    let cursor = rest.get(..length)?;
    let is_plain = !cursor.is_empty() && cursor.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'\\');
    String::from_utf8(cursor.to_vec()).ok().filter(|_| is_plain)
}

/// A decoded page.
#[derive(Debug, Default)]
pub(crate) struct PageRead {
    /// The rows of its secrets, in its order, both new and known.
    pub(crate) rows: Vec<Row>,
    /// New data of secrets that have a row, to be applied once the whole page is decoded.
    pub(crate) again: Rows,
    /// The cursor of the next page; `None` after the last one.
    pub(crate) next_cursor: Option<String>,
    /// The items that are valid JSON but no secrets.
    pub(crate) unreadable: Unreadable,
}

/// Secrets that a list can't show because their data has another form than the contract says. They hide no others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// How many there are.
    pub count: usize,
    /// The ids of the first ones, as far as they have one.
    pub ids: Vec<String>,
}

impl Unreadable {
    /// The number of ids that are kept.
    const NAMED: usize = 20;

    fn note(&mut self, id: Option<String>) {
        self.count += 1;
        self.ids.extend(id.filter(|_| self.ids.len() < Self::NAMED));
    }

    /// Adds those of another page.
    pub(crate) fn add(&mut self, page: Self) {
        self.count += page.count;
        let room = Self::NAMED.saturating_sub(self.ids.len());
        self.ids.extend(page.ids.into_iter().take(room));
    }
}

/// Decodes a page. On an error the rows are unchanged.
pub(crate) fn page(bytes: &[u8], rows: &mut Rows) -> Result<PageRead, PageError> {
    // Checking UTF-8 once for the whole page costs far less than for each text.
    let text = repaired(bytes);
    let end = rows.end();
    let mut json = Json::of(&text);
    let mut page = PageRead::default();
    let read = answer(&mut json, rows, &mut page);
    match read.and_then(|()| json.end()) {
        Ok(()) => Ok(page),
        Err(broken) => {
            rows.truncate(end);
            // Position and kind of the error; never the data.
            let kind = match broken {
                Broken::TooLarge => return Err(PageError::TooLarge),
                Broken::Syntax => "not JSON",
                Broken::Early => "it ends too early",
                Broken::Kind => "a field of another kind",
            };
            let (line, column) = json.place();
            Err(PageError::Malformed(format!("{kind}, line {line}, column {column}")))
        }
    }
}

/// Reads the whole response.
fn answer(json: &mut Json<'_>, rows: &mut Rows, page: &mut PageRead) -> Read<()> {
    let is_there = json.object(&mut |json, key| match &*key {
        "items" => json
            .list(&mut |json, ()| {
                let mut item = json.again();
                match Secret::read(&mut item) {
                    Ok(secret) => {
                        *json = item;
                        take(&secret, rows, page).ok_or(Broken::TooLarge)
                    }
                    // If it is JSON at all, the others are shown all the same (api.md, Transport).
                    Err(_) => {
                        page.unreadable.note(Secret::id_of(&mut json.again()));
                        json.skip()
                    }
                }
            })
            .map(|_| ()),
        "pagination" => {
            // Both spellings occur; an empty cursor means none (api.md, Pagination).
            let (mut camel, mut snake) = (Cow::Borrowed(""), Cow::Borrowed(""));
            json.object(&mut |json, key| match &*key {
                "nextCursor" => json.whole_text().map(|text| camel = text),
                "next_cursor" => json.whole_text().map(|text| snake = text),
                _ => json.skip(),
            })?;
            page.next_cursor = [camel, snake]
                .into_iter()
                .find(|text| !text.is_empty())
                .map(Cow::into_owned);
            Ok(())
        }
        _ => json.skip(),
    })?;
    is_there.then_some(()).ok_or(Broken::Kind)
}

/// A secret as sent: missing and `null` fields are empty (api.md, Transport).
#[derive(Debug, Default)]
struct Secret<'text> {
    id: Cow<'text, str>,
    name: Cow<'text, str>,
    external_id: Cow<'text, str>,
    labels: Vec<(Cow<'text, str>, Cow<'text, str>)>,
    bundle: Cow<'text, str>,
    profile: Cow<'text, str>,
    created: Cow<'text, str>,
    updated: Cow<'text, str>,
    info: Option<Info<'text>>,
}

/// The last use and the creator, as sent.
#[derive(Debug, Default)]
struct Info<'text> {
    used: Cow<'text, str>,
    id: Cow<'text, str>,
    own_name: Cow<'text, str>,
    name: Cow<'text, str>,
    email: Cow<'text, str>,
    kind: Cow<'text, str>,
    /// Some versions of the API send it with the creator.
    used_there: Cow<'text, str>,
}

impl<'text> Secret<'text> {
    fn read(json: &mut Json<'text>) -> Read<Self> {
        let mut secret = Self::default();
        let mut has_metadata = false;
        json.object(&mut |json, key| match &*key {
            "metadata" => {
                has_metadata = json.object(&mut |json, key| secret.read_metadata(json, &key))?;
                Ok(())
            }
            "info" => {
                let mut info = Info::default();
                let is_there = json.object(&mut |json, key| info.read(json, &key))?;
                secret.info = is_there.then_some(info);
                Ok(())
            }
            _ => json.skip(),
        })?;
        // Without an id that can be in an address, nothing could be done with it.
        let is_secret = has_metadata && contract::id::check(&secret.id).is_ok();
        is_secret.then_some(secret).ok_or(Broken::Kind)
    }

    /// The id of an item that is no secret, if it has one.
    fn id_of(json: &mut Json<'text>) -> Option<String> {
        let mut id = String::new();
        // What follows the id may be what can't be read.
        let _ = json.object(&mut |json, key| match &*key {
            "metadata" => json
                .object(&mut |json, key| match &*key {
                    "id" => json.text().map(|text| id = text.into_owned()),
                    _ => json.skip(),
                })
                .map(|_| ()),
            _ => json.skip(),
        });
        (!id.is_empty()).then_some(id)
    }

    fn read_metadata(&mut self, json: &mut Json<'text>, key: &str) -> Read<()> {
        let field = match key {
            "id" => &mut self.id,
            "name" => &mut self.name,
            "externalId" => &mut self.external_id,
            "bundleKey" => &mut self.bundle,
            "profileId" => &mut self.profile,
            "createdAt" => &mut self.created,
            "updatedAt" => &mut self.updated,
            "labels" => {
                let labels = &mut self.labels;
                json.object(&mut |json, key| {
                    labels.push((key, json.text()?));
                    Ok(())
                })?;
                return Ok(());
            }
            _ => return json.skip(),
        };
        *field = json.text()?;
        Ok(())
    }
}

impl<'text> Info<'text> {
    fn read(&mut self, json: &mut Json<'text>, key: &str) -> Read<()> {
        match key {
            "lastUsedAt" => json.text().map(|text| self.used = text),
            "createdBy" => json.object(&mut |json, key| self.read_profile(json, &key)).map(|_| ()),
            _ => json.skip(),
        }
    }

    fn read_profile(&mut self, json: &mut Json<'text>, key: &str) -> Read<()> {
        match key {
            "metadata" => json
                .object(&mut |json, key| match &*key {
                    "id" => json.text().map(|text| self.id = text),
                    "name" => json.text().map(|text| self.own_name = text),
                    _ => json.skip(),
                })
                .map(|_| ()),
            "spec" => json
                .object(&mut |json, key| match &*key {
                    "name" => json.text().map(|text| self.name = text),
                    "email" => json.text().map(|text| self.email = text),
                    "type" => json.text().map(|text| self.kind = text),
                    _ => json.skip(),
                })
                .map(|_| ()),
            "lastUsedAt" => json.text().map(|text| self.used_there = text),
            _ => json.skip(),
        }
    }
}

/// Adds a secret to the columns; `None` if there is no more room.
fn take(secret: &Secret<'_>, rows: &mut Rows, page: &mut PageRead) -> Option<()> {
    let unknown = Info::default();
    let info = secret.info.as_ref().unwrap_or(&unknown);
    fn first<'text>(one: &'text str, other: &'text str) -> &'text str {
        if one.is_empty() { other } else { one }
    }
    let used = match instant::parse(&info.used) {
        instant::NEVER => instant::parse(&info.used_there),
        used => used,
    };
    let labels: Vec<(&str, &str)> = secret.labels.iter().map(|(key, value)| (&**key, &**value)).collect();
    let bundle_label = labels
        .iter()
        .find(|(key, _)| *key == BUNDLE_LABEL)
        .map_or("", |(_, value)| *value);
    let facts = Facts {
        id: &secret.id,
        name: &secret.name,
        external_id: &secret.external_id,
        labels: &labels,
        bundle: first(bundle_label, &secret.bundle),
        creator: Creator {
            id: first(&info.id, &secret.profile),
            name: first(&info.name, &info.own_name),
            email: &info.email,
            kind: &info.kind,
        },
        created: instant::parse(&secret.created),
        updated: instant::parse(&secret.updated),
        used,
        has_info: secret.info.is_some(),
    };
    let row = match rows.slot(facts.id) {
        Some(known) => {
            page.again.put(&facts)?;
            known
        }
        None => rows.push(&facts)?,
    };
    page.rows.push(row);
    Some(())
}
