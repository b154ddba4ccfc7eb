//! Futures that run beside the views.

use std::future::Future;

use futures::future::{AbortHandle, Abortable, LocalBoxFuture};
use leptos::prelude::{LocalStorage, StoredValue, UpdateValue as _, on_cleanup};

/// Runs now, and again whenever a signal changes that it read; until the view goes away. One shape for all, because the
/// framework compiles its code for an effect once for each closure type.
pub fn follow(act: impl FnMut() + 'static) {
    follow_boxed(Box::new(act));
}

fn follow_boxed(mut act: Box<dyn FnMut()>) {
    leptos::prelude::Effect::new(move |_: Option<()>| act());
}

/// Runs a future to its end, whatever view is on screen by then: for what must not be cut off halfway, such as a
/// write. What it touches of a view, it touches with `try_…`.
pub fn spawn_for_page(future: impl Future<Output = ()> + 'static) {
    run(Box::pin(future));
}

/// On the host the test's own pool runs it: `tests/flows`.
fn run(future: LocalBoxFuture<'static, ()>) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(future);
    #[cfg(not(target_arch = "wasm32"))]
    leptos::task::spawn_local(future);
}

/// Runs a future; the handle ends it.
pub fn spawn(future: impl Future<Output = ()> + 'static) -> AbortHandle {
    spawn_boxed(Box::pin(future))
}

fn spawn_boxed(future: LocalBoxFuture<'static, ()>) -> AbortHandle {
    let (handle, registration) = AbortHandle::new_pair();
    let future = Abortable::new(future, registration);
    run(Box::pin(async move {
        // Whether it ended by itself or was aborted makes no difference here.
        let _ = future.await;
    }));
    handle
}

/// Runs futures that end with the view, so that they may use its signals.
#[derive(Clone, Copy)]
pub struct ViewTasks(StoredValue<Vec<AbortHandle>, LocalStorage>);

impl ViewTasks {
    /// For the view that is being made.
    #[must_use]
    pub fn until_unmount() -> Self {
        let tasks = Self(StoredValue::new_local(Vec::new()));
        on_cleanup(move || {
            tasks.0.update_value(|handles| {
                for handle in handles.drain(..) {
                    handle.abort();
                }
            });
        });
        tasks
    }

    /// Runs a future until it ends or the view goes away; not at all after that.
    pub fn spawn(self, future: impl Future<Output = ()> + 'static) {
        self.0.try_update_value(|handles| {
            handles.push(spawn(future));
        });
    }
}
