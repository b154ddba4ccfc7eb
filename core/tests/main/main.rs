//! The list engine, seen from outside.

mod fitting;
mod loading;
mod pieces;
mod reading;
mod showing;

/// The change that a secret with this metadata was created or edited.
#[cfg(test)]
fn put(metadata: &serde_json::Value) -> strongroom_core::list::LocalChange {
    use contract::Answer;
    let body = serde_json::json!({ "metadata": metadata }).to_string();
    let secret = contract::WorkspaceSecret::decode(body.as_bytes()).unwrap();
    strongroom_core::list::LocalChange::Put(Box::new(secret.metadata))
}
