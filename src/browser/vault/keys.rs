//! The key of this tab: made by the browser, which gives it to nobody, and kept in its database under a name that only
//! this tab knows.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesKeyGenParams, CryptoKey};

use crate::browser::indexed_db::Database;
use crate::browser::storage::Name;
use crate::browser::tasks;
use crate::browser::vault::BrowserVault;

/// A key whose tab is gone is removed after so many milliseconds: seven days. A browser that has crashed may bring the
/// tab back until then, with its drafts.
const PATIENCE: f64 = 7.0 * 24.0 * 60.0 * 60.0 * 1000.0;

impl BrowserVault {
    /// The key of this tab, where there is one.
    pub(super) async fn existing(&self) -> Result<Option<CryptoKey>, JsValue> {
        let known = self.state().key.clone();
        if known.is_some() {
            return Ok(known);
        }
        let Some(tab) = self.storage.read(Name::Tab) else {
            return Ok(None);
        };
        hold(&tab);
        let database = Database::open().await?;
        let Ok(record) = database.read(&tab).await?.dyn_into::<Array>() else {
            return Ok(None);
        };
        let key: CryptoKey = record.get(0).dyn_into()?;
        database.put(&tab, &seen_now(&key)).await?;
        self.state().key = Some(key.clone());
        Ok(Some(key))
    }

    /// The key of this tab; a new one where there is none. None is made, and nothing written, once everything was wiped:
    /// `is_wiped` says so.
    pub(super) async fn needed(&self, is_wiped: &dyn Fn() -> bool) -> Result<CryptoKey, JsValue> {
        if let Some(key) = self.existing().await? {
            return Ok(key);
        }
        if is_wiped() {
            return Err(JsValue::NULL);
        }
        let tab = match self.storage.read(Name::Tab) {
            Some(tab) => tab,
            None => self.name_tab()?,
        };
        let key = make().await?;
        if is_wiped() {
            return Err(JsValue::NULL);
        }
        let database = Database::open().await?;
        if database.add(&tab, &seen_now(&key)).await.is_ok() {
            // What cannot be cleaned up now is cleaned up another time.
            let _ = sweep(&database).await;
        }
        // Where another draft was quicker, its key is the one.
        drop(database);
        self.existing().await?.ok_or(JsValue::NULL)
    }

    fn name_tab(&self) -> Result<String, JsValue> {
        let mut bytes = [0; 16];
        let crypto = web_sys::window().ok_or(JsValue::NULL)?.crypto()?;
        crypto.get_random_values_with_u8_array(&mut bytes)?;
        let name: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        if !self.storage.write(Name::Tab, &name) {
            return Err(JsValue::NULL);
        }
        hold(&name);
        Ok(name)
    }
}

async fn make() -> Result<CryptoKey, JsValue> {
    let subtle = web_sys::window().ok_or(JsValue::NULL)?.crypto()?.subtle();
    let kind = AesKeyGenParams::new("AES-GCM", 256);
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    // Not extractable: whatever runs in the page can use it while it is there, and take it nowhere.
    let made = subtle.generate_key_with_object(&kind, false, &uses)?;
    JsFuture::from(made).await?.dyn_into()
}

fn seen_now(key: &CryptoKey) -> JsValue {
    Array::of2(key, &js_sys::Date::now().into()).into()
}

/// Removes keys of tabs that have been gone for long.
async fn sweep(database: &Database) -> Result<(), JsValue> {
    let held = held().await;
    let now = js_sys::Date::now();
    for (name, record) in database.read_all().await? {
        let seen = Array::from(&record).get(1).as_f64().unwrap_or_default();
        if !held.contains(&name) && now - seen > PATIENCE {
            database.remove(&name).await?;
        }
    }
    Ok(())
}

/// In front of the names of tabs where the browser keeps who holds what.
const LOCK: &str = "strongroom.tab.";

/// Tells other tabs that this one is there, until it is closed. Where the browser has no such locks, nobody is told.
fn hold(tab: &str) {
    let never = Closure::once_into_js(|| Promise::new(&mut |_, _| ()));
    let shared = Object::new();
    // A plain object takes any field.
    let _ = Reflect::set(&shared, &"mode".into(), &"shared".into());
    let name = [LOCK, tab].concat();
    let asked = locks("request").and_then(|(locks, request)| request.call3(&locks, &name.into(), &shared, &never).ok());
    if let Some(promise) = asked.and_then(|it| it.dyn_into::<Promise>().ok()) {
        // It ends with the page, and that is no error.
        tasks::spawn_for_page(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// The tabs that are there.
async fn held() -> Vec<String> {
    let asked = locks("query").and_then(|(locks, query)| query.call0(&locks).ok());
    let Some(promise) = asked.and_then(|it| it.dyn_into::<Promise>().ok()) else {
        return Vec::new();
    };
    let Ok(answer) = JsFuture::from(promise).await else {
        return Vec::new();
    };
    let held = Reflect::get(&answer, &"held".into()).unwrap_or_default();
    let name = |lock: JsValue| {
        let name = Reflect::get(&lock, &"name".into()).ok()?.as_string()?;
        name.strip_prefix(LOCK).map(str::to_owned)
    };
    Array::from(&held).iter().filter_map(name).collect()
}

/// The browser's locks and one of their methods, by name: the bindings for them are not stable yet.
fn locks(method: &str) -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let method = Reflect::get(&locks, &method.into()).ok()?.dyn_into().ok()?;
    Some((locks, method))
}
