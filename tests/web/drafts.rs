//! Drafts: encrypted under a key that nobody gets, and offered to nobody else.

use std::time::Duration;

use contract::{BaseUrl, calls};
use gloo_timers::future::sleep;
use strongroom::api::session::Connection;
use strongroom::browser::storage::Storage;
use strongroom::browser::vault::VAULT;
use strongroom::store::drafts::{DraftStore, Drafts};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::*;

const TEXT: &[u8] = b"typed and not saved \xff\x00 yet";

async fn connection() -> Connection {
    let profile = client().send(&base(), calls::who_am_i()).await.unwrap();
    Connection {
        server: None,
        base: base(),
        auth: site::Auth::Bearer,
        profile: Some(profile),
        refused: Vec::new(),
        is_kept: false,
    }
}

fn store() -> DraftStore {
    DraftStore::new(Storage::of_browser(), &VAULT, None)
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
    drafts.read(name).await.map(|text| text.to_vec())
}

#[wasm_bindgen_test]
async fn a_draft_comes_back_byte_for_byte_and_goes() {
    let drafts = drafts().await;
    assert!(!drafts.has("new/a") && drafts.read("new/a").await.is_none());
    drafts.keep("new/a", TEXT).await.unwrap();
    drafts.keep("new/b", b"").await.unwrap();
    assert!(drafts.has("new/a") && drafts.has("new/b"));
    assert_eq!(read(&drafts, "new/a").await.as_deref(), Some(TEXT));
    assert_eq!(read(&drafts, "new/b").await.as_deref(), Some(&b""[..]));
    drafts.forget("new/a");
    assert!(!drafts.has("new/a") && drafts.read("new/a").await.is_none());
    assert!(drafts.has("new/b"));
    drafts.forget("new/b");
}

#[wasm_bindgen_test]
async fn what_is_kept_is_encrypted_and_its_key_is_given_to_nobody() {
    let drafts = drafts().await;
    drafts.keep("new/a", b"hunter2-draft").await.unwrap();
    let first = say("return JSON.stringify(Object.entries(sessionStorage))").await;
    assert!(first.contains("strongroom.draft."), "{first}");
    for form in ["hunter2", "aHVudGVyMi", "h1bnRlcj", "odW50ZXIy"] {
        assert!(!first.contains(form), "{form} is in {first}");
    }
    drafts.keep("new/a", b"hunter2-draft").await.unwrap();
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
    drafts.forget("new/a");
}

#[wasm_bindgen_test]
async fn what_was_tampered_with_is_none() {
    let drafts = drafts().await;
    for change in [
        // One bit of the text, one of what is in front of it, less, and nothing of the kind.
        "bytes => bytes.with(bytes.length - 1, bytes.at(-1) ^ 1)",
        "bytes => bytes.with(0, bytes[0] ^ 1)",
        "bytes => bytes.slice(0, -1)",
        "bytes => bytes.slice(0, 5)",
        "bytes => []",
    ] {
        drafts.keep("new/a", TEXT).await.unwrap();
        run(&format!(
            "const name = Object.keys(sessionStorage).find(name => name.endsWith('new/a'));
             const change = {change};
             const bytes = [...atob(sessionStorage[name])].map(letter => letter.charCodeAt(0));
             sessionStorage[name] = btoa(String.fromCharCode(...change(bytes)));"
        ))
        .await;
        assert!(drafts.has("new/a"));
        assert_eq!(read(&drafts, "new/a").await, None, "{change}");
    }
    run("sessionStorage[Object.keys(sessionStorage).find(name => name.endsWith('new/a'))] = '¤ no base64'").await;
    assert_eq!(read(&drafts, "new/a").await, None);
    drafts.forget("new/a");
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

    drafts.keep("new/a", TEXT).await.unwrap();
    for (other, name) in [(&elsewhere, "new/a"), (&another, "new/a"), (&drafts, "new/b")] {
        assert!(!other.has(name) && other.read(name).await.is_none());
        // What is put in the place of another draft is none.
        other.keep(name, b"another").await.unwrap();
        run(
            "const [from, ...to] = Object.keys(sessionStorage).filter(name => name.startsWith('strongroom.draft.'))
                 .toSorted((one, other) => sessionStorage[other].length - sessionStorage[one].length);
             if (to.length !== 1) throw new Error(JSON.stringify([from, to]));
             sessionStorage[to[0]] = sessionStorage[from];",
        )
        .await;
        assert!(other.has(name));
        assert_eq!(read(other, name).await, None);
        other.forget(name);
    }
    assert_eq!(read(&drafts, "new/a").await.as_deref(), Some(TEXT));
    drafts.forget("new/a");
}

#[wasm_bindgen_test]
async fn the_last_of_several_at_once_stays_and_what_is_forgotten_stays_away() {
    let drafts = drafts().await;
    let long = vec![b'x'; 200_000];
    let (one, two) = futures::join!(drafts.keep("new/a", &long), drafts.keep("new/a", b"later"));
    assert_eq!((one, two), (Ok(()), Ok(())));
    assert_eq!(read(&drafts, "new/a").await.as_deref(), Some(&b"later"[..]));
    let forget = async { drafts.forget("new/a") };
    let (kept, ()) = futures::join!(drafts.keep("new/a", &long), forget);
    assert_eq!(kept, Ok(()));
    sleep(Duration::from_millis(100)).await;
    assert!(
        !drafts.has("new/a"),
        "a draft that was on its way came after it was forgotten"
    );
}

#[wasm_bindgen_test]
async fn a_browser_that_keeps_nothing_is_told_of() {
    let drafts = drafts().await;
    run("globalThis.ownSet = Storage.prototype.setItem;
         Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') };")
    .await;
    let refused = drafts.keep("new/a", TEXT).await;
    run("Storage.prototype.setItem = ownSet").await;
    assert!(refused.is_err() && !drafts.has("new/a"));
}
