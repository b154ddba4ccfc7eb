//! The body of an error: `google.rpc.Status` (api.md, Errors).

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// Codes of `google.rpc.Code` that the contract names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// 3: a field is bad.
    InvalidArgument,
    /// 4: the server ran out of time.
    DeadlineExceeded,
    /// 5: gone, or never there.
    NotFound,
    /// 6: the name is taken.
    AlreadyExists,
    /// 7: the key lacks a scope.
    PermissionDenied,
    /// 8: too many requests.
    ResourceExhausted,
    /// 9: the state of things does not allow it: an archived workspace.
    FailedPrecondition,
    /// 10: someone else changed it.
    Aborted,
    /// 13: the server's fault.
    Internal,
    /// 14: the server cannot answer now.
    Unavailable,
    /// 16: the key is missing, wrong or disabled.
    Unauthenticated,
    /// Any other code, by its number.
    Other(i64),
}

impl Code {
    /// The number on the wire.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::InvalidArgument => 3,
            Self::DeadlineExceeded => 4,
            Self::NotFound => 5,
            Self::AlreadyExists => 6,
            Self::PermissionDenied => 7,
            Self::ResourceExhausted => 8,
            Self::FailedPrecondition => 9,
            Self::Aborted => 10,
            Self::Internal => 13,
            Self::Unavailable => 14,
            Self::Unauthenticated => 16,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for Code {
    fn from(number: i64) -> Self {
        match number {
            3 => Self::InvalidArgument,
            4 => Self::DeadlineExceeded,
            5 => Self::NotFound,
            6 => Self::AlreadyExists,
            7 => Self::PermissionDenied,
            8 => Self::ResourceExhausted,
            9 => Self::FailedPrecondition,
            10 => Self::Aborted,
            13 => Self::Internal,
            14 => Self::Unavailable,
            16 => Self::Unauthenticated,
            number => Self::Other(number),
        }
    }
}

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FieldViolation {
    /// Path of the field, such as `metadata.name`.
    pub field: String,
    /// What is wrong, in the server's words; empty where it has none.
    pub description: String,
}

/// An error as the server tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The gRPC code, where there is one.
    pub code: Option<Code>,
    /// The message, where there is one.
    pub message: Option<String>,
    /// Violations, field by field.
    pub violations: Vec<FieldViolation>,
}

impl Status {
    /// Reads a body; none when it is not such JSON (an HTML page of a proxy, say), which is no failure of its own.
    /// Details of unknown kinds and malformed parts are passed over.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let Tolerant(body) = serde_json::from_slice::<Tolerant<Body>>(bytes).ok()?;
        let code = body.code.0.map(Code::from);
        let message = Some(body.message.0).filter(|text| !text.is_empty());
        let violations = body.details.0.into_iter().flat_map(|detail| detail.violations);
        (code.is_some() || message.is_some()).then(|| Self {
            code,
            message,
            violations: violations.collect(),
        })
    }
}

/// `google.rpc.Status` on the wire.
#[derive(Default)]
struct Body {
    code: Number,
    message: Text,
    details: List<Detail>,
}

/// One of its details, of any kind. Only `google.rpc.BadRequest` has violations of fields, so its `@type` says no more
/// than the name of the field does.
#[derive(Default)]
struct Detail {
    violations: Vec<FieldViolation>,
}

/// A violation of a field. Protobuf's JSON form leaves an empty text out.
#[derive(Default)]
struct Violation {
    field: Text,
    description: Text,
}

#[derive(Default)]
struct Number(Option<i64>);

#[derive(Default)]
struct Text(String);

struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A part of an error that takes what it can use of any JSON; the rest it passes over. What it cannot use must not
/// cost the parts around it.
trait Part: Default {
    fn number(&mut self, _: i64) {}

    fn text(&mut self, _: &str) {}

    fn item<'de, A: SeqAccess<'de>>(&mut self, items: &mut A) -> Result<bool, A::Error> {
        Ok(items.next_element::<IgnoredAny>()?.is_some())
    }

    fn field<'de, A: MapAccess<'de>>(&mut self, _: &str, fields: &mut A) -> Result<(), A::Error> {
        pass_over(fields)
    }
}

impl Part for Number {
    fn number(&mut self, number: i64) {
        self.0 = Some(number);
    }
}

impl Part for Text {
    fn text(&mut self, text: &str) {
        text.clone_into(&mut self.0);
    }
}

impl<T: Part> Part for List<T> {
    fn item<'de, A: SeqAccess<'de>>(&mut self, items: &mut A) -> Result<bool, A::Error> {
        let item = items.next_element::<Tolerant<T>>()?;
        let is_there = item.is_some();
        self.0.extend(item.map(|Tolerant(item)| item));
        Ok(is_there)
    }
}

impl Part for Body {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<(), A::Error> {
        match name {
            "code" => self.code = value(fields)?,
            "message" => self.message = value(fields)?,
            "details" => self.details = value(fields)?,
            _ => pass_over(fields)?,
        }
        Ok(())
    }
}

impl Part for Detail {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<(), A::Error> {
        if !matches!(name, "fieldViolations" | "field_violations") {
            return pass_over(fields);
        }
        let List(found) = value::<List<Violation>, A>(fields)?;
        let known = found.into_iter().map(|it| FieldViolation {
            field: it.field.0,
            description: it.description.0,
        });
        // One that says neither where nor what is no help to anyone.
        self.violations
            .extend(known.filter(|it| !it.field.is_empty() || !it.description.is_empty()));
        Ok(())
    }
}

impl Part for Violation {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<(), A::Error> {
        match name {
            "field" => self.field = value(fields)?,
            "description" => self.description = value(fields)?,
            _ => pass_over(fields)?,
        }
        Ok(())
    }
}

fn value<'de, T: Part, A: MapAccess<'de>>(fields: &mut A) -> Result<T, A::Error> {
    fields.next_value::<Tolerant<T>>().map(|Tolerant(part)| part)
}

fn pass_over<'de, A: MapAccess<'de>>(fields: &mut A) -> Result<(), A::Error> {
    fields.next_value::<IgnoredAny>().map(|_| ())
}

/// Reads a part from JSON of any shape.
struct Tolerant<T>(T);

impl<'de, T: Part> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape(T::default())).map(Self)
    }
}

struct AnyShape<T>(T);

impl<'de, T: Part> Visitor<'de> for AnyShape<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_f64<E>(self, _: f64) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_i64<E>(mut self, number: i64) -> Result<T, E> {
        self.0.number(number);
        Ok(self.0)
    }

    fn visit_u64<E>(mut self, number: u64) -> Result<T, E> {
        if let Ok(number) = i64::try_from(number) {
            self.0.number(number);
        }
        Ok(self.0)
    }

    fn visit_str<E>(mut self, text: &str) -> Result<T, E> {
        self.0.text(text);
        Ok(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<T, A::Error> {
        while self.0.item(&mut items)? {}
        Ok(self.0)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<T, A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            self.0.field(&name, &mut fields)?;
        }
        Ok(self.0)
    }
}
