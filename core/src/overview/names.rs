//! Names that are easily taken for another, or unlike the others.

/// A name without what is easily overlooked: case, which of `-`, `_` and `.` separates words, `0` or `O`, `1` or `l`.
pub(super) fn skeleton(name: &str) -> String {
    let plain = |character: char| match character {
        '-' | '.' => '_',
        '0' => 'o',
        '1' => 'l',
        other => other,
    };
    name.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// Whether a name is written like `STRIPE_API_KEY`.
pub(super) fn is_upper_snake(name: &str) -> bool {
    let is_of_it = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(is_of_it) && name.bytes().any(|byte| byte.is_ascii_uppercase())
}
