//! Drafts: encrypted with a non-extractable key, and readable for no other account.

use std::time::Duration;

use contract::{BaseUrl, calls};
use gloo_timers::future::sleep;
use strongroom::api::session::Connection;
use strongroom::browser::clock::Clock;
use strongroom::browser::storage::Storage;
use strongroom::browser::vault::VAULT;
use strongroom::store::drafts::{DraftStore, Drafts};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::*;

const TEXT: &[u8] = b"typed and not saved \xff\x00 yet";

async fn connection() -> Connection {
    let who = client().send(&base(), calls::who_am_i()).await.unwrap();
    Connection {
        server: None,
        base: base(),
        auth: site::Auth::Bearer,
        profile: Some(who.profile),
        refused: Vec::new(),
        is_kept: false,
    }
}

fn store() -> DraftStore {
    DraftStore::new(Storage::of_browser(), &VAULT, None, Clock::of_browser())
}

async fn drafts() -> Drafts {
    // A test before may have ended with a session that is still being wiped.
    sleep(Duration::from_millis(300)).await;
    store().of(&connection().await).unwrap()
}

async fn run(script: &str) -> JsValue {
    let script = format!("(async () => {{ {script} }})()");
    let promise: js_sys::Promise = js_sys::eval(&script).unwrap().into();
    JsFuture::from(promise).await.unwrap()
}

async fn say(script: &str) -> String {
    run(script).await.as_string().unwrap_or_default()
}

async fn read(drafts: &Drafts, name: &str) -> Option<Vec<u8>> {
    drafts.slot(name).read().await.map(|text| text.to_vec())
}

#[wasm_bindgen_test]
async fn a_draft_comes_back_byte_for_byte_and_goes() {
    let drafts = drafts().await;
    let [one, other] = ["new/a", "new/b"].map(|form| drafts.slot(form));
    assert!(!one.has_draft() && one.read().await.is_none());
    assert!(!store().has_any(&base(), "new/a"));
    one.keep(TEXT).await.unwrap();
    other.keep(b"").await.unwrap();
    assert!(one.has_draft() && other.has_draft());
    assert!(store().has_any(&base(), "new/a") && !store().has_any(&base(), "ew/a"));
    assert_eq!(read(&drafts, "new/a").await.as_deref(), Some(TEXT));
    assert_eq!(read(&drafts, "new/b").await.as_deref(), Some(&b""[..]));
    one.delete();
    assert!(!one.has_draft() && one.read().await.is_none());
    assert!(other.has_draft());
    other.delete();
}

#[wasm_bindgen_test]
async fn what_is_kept_is_encrypted_and_its_key_is_given_to_nobody() {
    let slot = drafts().await.slot("new/a");
    slot.keep(b"hunter2-draft").await.unwrap();
    let first = say("return JSON.stringify(Object.entries(sessionStorage))").await;
    assert!(first.contains("strongroom.draft."), "{first}");
    for form in ["hunter2", "aHVudGVyMi", "h1bnRlcj", "odW50ZXIy"] {
        assert!(!first.contains(form), "{form} is in {first}");
    }
    slot.keep(b"hunter2-draft").await.unwrap();
    let second = say("return JSON.stringify(Object.entries(sessionStorage))").await;
    assert_ne!(first, second, "the same text is never encrypted the same way twice");
    let told = say("
        const opened = indexedDB.open('strongroom');
        await new Promise(done => opened.onsuccess = done);
        const asked = opened.result.transaction('keys').objectStore('keys').get(sessionStorage['strongroom.tab']);
        await new Promise(done => asked.onsuccess = done);
        opened.result.close();
        const key = asked.result[0];
        const exported = await Promise.all(['raw', 'jwk'].map(form =>
            crypto.subtle.exportKey(form, key).then(() => 'exported', error => error.name)));
        return [key.extractable, key.algorithm.name, key.algorithm.length, ...key.usages.toSorted(), ...exported].join();
    ")
    .await;
    assert_eq!(
        told,
        "false,AES-GCM,256,decrypt,encrypt,InvalidAccessError,InvalidAccessError"
    );
    slot.delete();
}

#[wasm_bindgen_test]
async fn what_was_tampered_with_is_none() {
    let drafts = drafts().await;
    let slot = drafts.slot("new/a");
    for change in [
        // One bit of the text, one of what is in front of it, less, and nothing of the kind.
        "bytes => bytes.with(bytes.length - 1, bytes.at(-1) ^ 1)",
        "bytes => bytes.with(0, bytes[0] ^ 1)",
        "bytes => bytes.slice(0, -1)",
        "bytes => bytes.slice(0, 5)",
        "bytes => []",
    ] {
        slot.keep(TEXT).await.unwrap();
        run(&format!(
            "const name = Object.keys(sessionStorage).find(name => name.endsWith('new/a'));
             const change = {change};
             const bytes = [...atob(sessionStorage[name])].map(letter => letter.charCodeAt(0));
             sessionStorage[name] = btoa(String.fromCharCode(...change(bytes)));"
        ))
        .await;
        assert!(slot.has_draft());
        assert_eq!(read(&drafts, "new/a").await, None, "{change}");
    }
    run("sessionStorage[Object.keys(sessionStorage).find(name => name.endsWith('new/a'))] = '¤ no base64'").await;
    assert_eq!(read(&drafts, "new/a").await, None);
    slot.delete();
}

#[wasm_bindgen_test]
async fn nobody_else_is_offered_a_draft_not_even_one_that_was_moved() {
    let drafts = drafts().await;
    let store = store();
    let elsewhere = store
        .of(&Connection {
            base: BaseUrl::parse("https://elsewhere.example").unwrap(),
            ..connection().await
        })
        .unwrap();
    let mut another = connection().await;
    another.profile.as_mut().unwrap().metadata.id = contract::ProfileId::parse("profile_another").unwrap();
    let another = store.of(&another).unwrap();
    let unknown = Connection {
        profile: None,
        ..connection().await
    };
    assert!(store.of(&unknown).is_none(), "nobody knows whose it would be");

    drafts.slot("new/a").keep(TEXT).await.unwrap();
    for (other, name) in [(&elsewhere, "new/a"), (&another, "new/a"), (&drafts, "new/b")] {
        let slot = other.slot(name);
        assert!(!slot.has_draft() && slot.read().await.is_none());
        // What is put in the place of another draft is none.
        slot.keep(b"another").await.unwrap();
        run(
            "const [from, ...to] = Object.keys(sessionStorage).filter(name => name.startsWith('strongroom.draft.'))
                 .toSorted((one, other) => sessionStorage[other].length - sessionStorage[one].length);
             if (to.length !== 1) throw new Error(JSON.stringify([from, to]));
             sessionStorage[to[0]] = sessionStorage[from];",
        )
        .await;
        assert!(slot.has_draft());
        assert_eq!(read(other, name).await, None);
        slot.delete();
    }
    assert_eq!(read(&drafts, "new/a").await.as_deref(), Some(TEXT));
    drafts.slot("new/a").delete();
}
