//! What is so of every decoder of the contract, whatever the bytes are.
//!
//! libFuzzer asks it of the bytes that it makes up (`fuzz_targets/decode.rs`), and `tests/main/fuzz_rules.rs` of the seeds and of
//! random bytes: so a rule that the contract no longer keeps is found without a nightly toolchain, too.

use contract::{
    Answer, BaseUrl, FieldMask, Listed, Nothing, Page, Profile, Status, Tool, ToolSet, ToolSetUsage, WhoAmI, Workspace,
    WorkspaceMember, WorkspaceSecret, label,
};

/// Checks every rule; panics where one is broken.
pub fn check(bytes: &[u8]) {
    checked::<WorkspaceSecret>(bytes);
    checked::<Workspace>(bytes);
    checked::<WorkspaceMember>(bytes);
    checked::<WhoAmI>(bytes);
    checked::<Page<WorkspaceSecret>>(bytes);
    checked::<Page<Workspace>>(bytes);
    checked::<Page<WorkspaceMember>>(bytes);
    checked::<Page<Profile>>(bytes);
    checked::<Page<Listed<ToolSet>>>(bytes);
    checked::<Page<Listed<Tool>>>(bytes);
    checked::<Page<Listed<ToolSetUsage>>>(bytes);
    checked::<Nothing>(bytes);
    if bytes.trim_ascii().is_empty() {
        assert!(
            Nothing::decode(bytes).is_ok(),
            "an empty answer to a delete is an answer"
        );
    }
    let _ = Status::decode(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(base) = BaseUrl::parse(text) {
            assert_eq!(BaseUrl::parse(base.as_str()), Ok(base), "normalising twice changes it");
        }
        if let Ok(labels) = label::from_filter(text) {
            assert_eq!(label::from_filter(&label::to_filter(&labels)), Ok(labels));
        }
        if let Ok(mask) = FieldMask::parse(text) {
            assert_eq!(FieldMask::parse(&mask.to_string()), Ok(mask));
        }
    }
}

/// What an error says is made of a few fixed words and two numbers, whatever the bytes were.
fn checked<T: Answer>(bytes: &[u8]) {
    if let Err(error) = T::decode(bytes) {
        let known = [
            "the answer ends too early",
            "the answer is not JSON",
            "a field of the answer has an unexpected form",
        ];
        let rest = known
            .iter()
            .find_map(|words| error.strip_prefix(words))
            .expect("unknown words in an error");
        assert!(
            rest.chars().all(|c| c.is_ascii_digit() || " (line,column)".contains(c)),
            "the error quotes its bytes"
        );
    }
}
