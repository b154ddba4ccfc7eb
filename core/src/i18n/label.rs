//! Words for each way to break the rules of names, labels and base URLs.

use contract::{BaseUrlError, LabelError, LabelPart, NameError};

use crate::i18n::{Words, fill, quoted};

/// What is wrong with a label.
#[must_use]
pub fn label_error(words: &Words, error: LabelError) -> String {
    let part = |part: LabelPart| match part {
        LabelPart::Prefix => words.label_prefix,
        LabelPart::Key => words.label_key_part,
        LabelPart::Value => words.label_value_part,
    };
    match error {
        LabelError::Empty(which) => fill(words.label_empty, &[("part", part(which))]),
        LabelError::TooLong(which, most) => fill(
            words.label_too_long,
            &[("part", part(which)), ("most", &most.to_string())],
        ),
        LabelError::Start(which) => fill(words.label_start, &[("part", part(which))]),
        LabelError::End(which) => fill(words.label_end, &[("part", part(which))]),
        LabelError::Character(which, character) => {
            let name = match character {
                ' ' => words.space.to_owned(),
                character if character.is_control() || character.is_whitespace() => {
                    character.escape_unicode().to_string()
                }
                character => quoted(words, character.encode_utf8(&mut [0; 4])),
            };
            fill(words.label_character, &[("part", part(which)), ("character", &name)])
        }
        LabelError::Slashes => words.label_slashes.to_owned(),
    }
}

/// What is wrong with a name or an external ID.
#[must_use]
pub fn name_error(words: &Words, error: NameError) -> String {
    match error {
        NameError::Empty => words.name_required.to_owned(),
        NameError::Control(place) => fill(words.name_control, &[("place", &place.to_string())]),
        NameError::TooLong(most) => fill(words.name_too_long, &[("most", &most.to_string())]),
    }
}

/// What is wrong with a base URL.
#[must_use]
pub fn base_url_error(words: &Words, error: BaseUrlError) -> &'static str {
    match error {
        BaseUrlError::Empty => words.url_empty,
        BaseUrlError::Scheme => words.url_scheme,
        BaseUrlError::Host => words.url_host,
        BaseUrlError::HostCharacter => words.url_host_character,
        BaseUrlError::Port => words.url_port,
        BaseUrlError::UserInfo => words.url_user_info,
        BaseUrlError::Query => words.url_query,
        BaseUrlError::Fragment => words.url_fragment,
        BaseUrlError::Path => words.url_path,
    }
}
