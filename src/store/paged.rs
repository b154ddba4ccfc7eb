//! Fills a [`Loader`] from the server, page by page.

use std::future::Future;
use std::rc::Rc;

use contract::{Cursor, Failure, Page};
use futures::future::{AbortHandle, LocalBoxFuture};
use leptos::prelude::*;
use strongroom_core::model::loader::{Loader, PageRequest};

use crate::browser::tasks;

/// The items of a list under their ids.
pub type List<Item> = Loader<String, Item, Failure>;

/// Reads one page.
type Fetch<Key, Item> = dyn Fn(Key, Option<Cursor>) -> LocalBoxFuture<'static, Result<Page<Item>, Failure>>;

/// A list under a query that can change.
pub struct Paged<Key: 'static, Item: Send + Sync + 'static> {
    state: RwSignal<List<Item>>,
    key: StoredValue<Option<Key>, LocalStorage>,
    fetch: StoredValue<Rc<Fetch<Key, Item>>, LocalStorage>,
    id: fn(&Item) -> &str,
    under_way: StoredValue<Option<AbortHandle>, LocalStorage>,
}

impl<Key: 'static, Item: Send + Sync + 'static> Clone for Paged<Key, Item> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Key: 'static, Item: Send + Sync + 'static> Copy for Paged<Key, Item> {}

impl<Key: Clone + PartialEq + 'static, Item: Send + Sync + 'static> Paged<Key, Item> {
    /// What was read.
    #[must_use]
    pub fn state(&self) -> ReadSignal<List<Item>> {
        self.state.read_only()
    }

    /// Reads the next page, or again the one that failed.
    pub fn more(&self) {
        let request = self.state.try_update(Loader::more).flatten();
        self.run(request);
    }

    fn abort(&self) {
        if let Some(Some(handle)) = self.under_way.try_update_value(Option::take) {
            handle.abort();
        }
    }

    fn run(self, request: Option<PageRequest>) {
        let (Some(request), Some(Some(key)), Some(fetch)) =
            (request, self.key.try_get_value(), self.fetch.try_get_value())
        else {
            return;
        };
        self.abort();
        let answer = fetch(key, request.cursor.and_then(Cursor::new));
        let handle = tasks::spawn(async move {
            let answer = answer.await;
            let _ = self.state.try_update(|state| match answer {
                Ok(page) => {
                    let items = page
                        .items
                        .into_iter()
                        .map(|item| ((self.id)(&item).to_owned(), item))
                        .collect();
                    state.page(
                        request.ticket,
                        items,
                        page.next_cursor.map(|cursor| cursor.as_str().to_owned()),
                    )
                }
                Err(failure) => state.fail(request.ticket, failure),
            });
        });
        self.under_way.set_value(Some(handle));
    }
}

/// Reads the first page now and whenever the key changes; gives up when the view goes away.
pub fn paged<Key, Item, Answer>(
    key: impl Fn() -> Key + 'static,
    id: fn(&Item) -> &str,
    fetch: impl Fn(Key, Option<Cursor>) -> Answer + 'static,
) -> Paged<Key, Item>
where
    Key: Clone + PartialEq + 'static,
    Item: Send + Sync + 'static,
    Answer: Future<Output = Result<Page<Item>, Failure>> + 'static,
{
    let fetch: Rc<Fetch<Key, Item>> = Rc::new(move |key, cursor| Box::pin(fetch(key, cursor)));
    let paged = Paged {
        state: RwSignal::new(Loader::default()),
        key: StoredValue::new_local(None),
        fetch: StoredValue::new_local(fetch),
        id,
        under_way: StoredValue::new_local(None),
    };
    let mut former = None;
    tasks::follow(move || {
        let key = Some(key());
        if former != key {
            paged.key.set_value(key.clone());
            let request = paged.state.try_update(Loader::start);
            paged.run(request);
            former = key;
        }
    });
    on_cleanup(move || paged.abort());
    paged
}
