//! Messages for invalid names, labels and base URLs.

use contract::{BaseUrlError, LabelError, LabelPart, NameError};

use crate::i18n::{fill, quoted, words};

/// The message for an invalid label.
#[must_use]
pub fn label_error(error: LabelError) -> String {
    let part = |part: LabelPart| match part {
        LabelPart::Prefix => words::metadata().label_prefix,
        LabelPart::Key => words::metadata().label_key_part,
        LabelPart::Value => words::metadata().label_value_part,
    };
    match error {
        LabelError::Empty(which) => fill(words::metadata().label_empty, &[("part", part(which))]),
        LabelError::TooLong(which, most) => fill(
            words::metadata().label_too_long,
            &[("part", part(which)), ("most", &most.to_string())],
        ),
        LabelError::Start(which) => fill(words::metadata().label_start, &[("part", part(which))]),
        LabelError::End(which) => fill(words::metadata().label_end, &[("part", part(which))]),
        // Typed as it is written elsewhere.
        LabelError::Character(LabelPart::Prefix | LabelPart::Key, '=') => words::metadata().label_key_alone.to_owned(),
        LabelError::Character(which, character) => {
            let name = match character {
                ' ' => words::metadata().space.to_owned(),
                character if character.is_control() || character.is_whitespace() => {
                    character.escape_unicode().to_string()
                }
                character => quoted(character.encode_utf8(&mut [0; 4])),
            };
            fill(
                words::metadata().label_character,
                &[("part", part(which)), ("character", &name)],
            )
        }
        LabelError::Slashes => words::metadata().label_slashes.to_owned(),
    }
}

/// The message for an invalid name or external ID.
#[must_use]
pub fn name_error(error: NameError) -> String {
    match error {
        NameError::Empty => words::metadata().name_required.to_owned(),
        NameError::Control(place) => fill(words::metadata().name_control, &[("place", &place.to_string())]),
        NameError::TooLong(most) => fill(words::metadata().name_too_long, &[("most", &most.to_string())]),
    }
}

/// The message for an invalid base URL.
#[must_use]
pub fn base_url_error(error: BaseUrlError) -> &'static str {
    match error {
        BaseUrlError::Empty => words::connect().url_empty,
        BaseUrlError::Scheme => words::connect().url_scheme,
        BaseUrlError::Host => words::connect().url_host,
        BaseUrlError::HostCharacter => words::connect().url_host_character,
        BaseUrlError::Port => words::connect().url_port,
        BaseUrlError::UserInfo => words::connect().url_user_info,
        BaseUrlError::Query => words::connect().url_query,
        BaseUrlError::Fragment => words::connect().url_fragment,
        BaseUrlError::Path => words::connect().url_path,
    }
}
