//! Random bytes from the browser's cryptographic generator.

/// Fills the bytes with random data. Returns whether that worked; if not, they are not random.
#[must_use]
pub fn fill(bytes: &mut [u8]) -> bool {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok())
}
