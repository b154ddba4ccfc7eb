//! `IndexedDB`, as far as drafts need it: one store of values by key.

use js_sys::Promise;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransactionMode};

/// The name of the database.
pub const NAME: &str = "strongroom";
const TABLE: &str = "keys";

/// An open database. Closed when dropped, because deleting the database waits for that.
pub struct Database(IdbDatabase);

impl Drop for Database {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Deletes the database. The browser does so once all connections are closed; opening it after this call creates a new
/// one.
pub fn delete() {
    // Without IndexedDB there is nothing to delete.
    let _ = factory().and_then(|factory| factory.delete_database(NAME));
}

fn factory() -> Result<IdbFactory, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    // Some browsers have none in a private window.
    window.indexed_db()?.ok_or(JsValue::NULL)
}

impl Database {
    pub async fn open() -> Result<Self, JsValue> {
        let request = factory()?.open_with_u32(NAME, 1)?;
        let new = request.clone();
        let make = Closure::once_into_js(move || {
            let database = new.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok());
            if let Some(database) = database {
                // Fails only if the store exists.
                let _ = database.create_object_store(TABLE);
            }
        });
        request.set_onupgradeneeded(Some(make.unchecked_ref()));
        let database = answer(&request).await?;
        Ok(Self(database.dyn_into()?))
    }

    fn table(&self, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
        self.0.transaction_with_str_and_mode(TABLE, mode)?.object_store(TABLE)
    }

    /// The value under a key; `undefined` if there is none.
    pub async fn read(&self, name: &str) -> Result<JsValue, JsValue> {
        let request = self.table(IdbTransactionMode::Readonly)?.get(&name.into())?;
        answer(&request).await
    }

    /// All keys and values.
    pub async fn read_all(&self) -> Result<Vec<(String, JsValue)>, JsValue> {
        let table = self.table(IdbTransactionMode::Readonly)?;
        let (names, things) = (table.get_all_keys()?, table.get_all()?);
        // One transaction, so both are in key order and consistent.
        let names = js_sys::Array::from(&answer(&names).await?);
        let things = js_sys::Array::from(&answer(&things).await?);
        let names = names.iter().map(|name| name.as_string().unwrap_or_default());
        Ok(names.zip(things.iter()).collect())
    }

    /// Adds a value; fails if the key exists.
    pub async fn add(&self, name: &str, thing: &JsValue) -> Result<(), JsValue> {
        let table = self.table(IdbTransactionMode::Readwrite)?;
        answer(&table.add_with_key(thing, &name.into())?).await.map(drop)
    }

    /// Adds or replaces a value.
    pub async fn put(&self, name: &str, thing: &JsValue) -> Result<(), JsValue> {
        let table = self.table(IdbTransactionMode::Readwrite)?;
        answer(&table.put_with_key(thing, &name.into())?).await.map(drop)
    }

    /// Removes a key.
    pub async fn remove(&self, name: &str) -> Result<(), JsValue> {
        let table = self.table(IdbTransactionMode::Readwrite)?;
        answer(&table.delete(&name.into())?).await.map(drop)
    }
}

async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    // The promise's own functions are the handlers, so no closure has to be kept alive.
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(done).await?;
    request.result()
}
