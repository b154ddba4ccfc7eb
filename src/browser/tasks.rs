//! Futures that run beside the views.

use std::future::Future;

use futures::future::{AbortHandle, Abortable, LocalBoxFuture};
use leptos::prelude::{
    AnimationFrameRequestHandle, LocalStorage, Memo, StoredValue, UpdateValue as _, WithValue as _, on_cleanup,
    request_animation_frame_with_handle,
};
use leptos::reactive::graph::{Observer, Subscriber as _};

/// An effect: runs now, and again when a signal that it read changes, until the view is unmounted. Takes one type for
/// all closures, because the framework is compiled once per closure type of an effect.
pub fn follow(act: impl FnMut() + 'static) {
    follow_boxed(Box::new(act));
}

fn follow_boxed(mut act: Box<dyn FnMut()>) {
    leptos::prelude::Effect::new(move |_: Option<()>| {
        unsubscribe_with_view();
        act();
    });
}

/// A memo of a view, with its subscriptions ended when the view is unmounted.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |last| {
        unsubscribe_with_view();
        value(last)
    })
}

/// Ends the subscriptions of the effect or memo that runs now when its view is unmounted. The framework forgets them only
/// when the signal changes next, which a signal of the session may never do: it would keep some memory for each view that
/// ever read it.
pub fn unsubscribe_with_view() {
    if let Some(subscriber) = Observer::get() {
        on_cleanup(move || subscriber.clear_sources(&subscriber));
    }
}

/// Runs a future to its end, even after its view is unmounted: for work that must not be cancelled, such as a write. It
/// must access the view's signals with `try_…`.
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

/// Lets the browser paint or handle a key. Without this, starting on a slow phone is one task of a quarter of a second.
pub async fn next_turn() {
    #[cfg(target_arch = "wasm32")]
    gloo_timers::future::sleep(std::time::Duration::ZERO).await;
}

/// Ends once the next frame has been drawn; in a hidden tab, when the tab is shown again. For what may wait until a key or
/// a click shows its effect.
pub async fn after_frame() {
    #[cfg(target_arch = "wasm32")]
    {
        let (frame, shown) = futures::channel::oneshot::channel();
        leptos::prelude::request_animation_frame(move || {
            let _ = frame.send(());
        });
        // An error: no frame was asked for.
        let _ = shown.await;
        // A callback of a frame runs before it is drawn.
        next_turn().await;
    }
}

/// Runs a future; the handle aborts it.
pub fn spawn(future: impl Future<Output = ()> + 'static) -> AbortHandle {
    spawn_boxed(Box::pin(future))
}

fn spawn_boxed(future: LocalBoxFuture<'static, ()>) -> AbortHandle {
    let (handle, registration) = AbortHandle::new_pair();
    let future = Abortable::new(future, registration);
    run(Box::pin(async move {
        // Finished and aborted are handled alike.
        let _ = future.await;
    }));
    handle
}

/// Runs futures that are aborted when the view is unmounted, so they may use its signals.
#[derive(Clone, Copy)]
pub struct ViewTasks(StoredValue<Vec<AbortHandle>, LocalStorage>);

impl ViewTasks {
    /// For the view that is being created.
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

    /// Runs a future until it finishes or the view is unmounted. A no-op after that.
    pub fn spawn(self, future: impl Future<Output = ()> + 'static) {
        self.0.try_update_value(|handles| {
            handles.push(spawn(future));
        });
    }
}

/// Work for the next frame, which is cancelled when the view is unmounted. New work takes the place of work that waits.
#[derive(Clone, Copy)]
pub struct NextFrame(StoredValue<Option<AnimationFrameRequestHandle>, LocalStorage>);

impl NextFrame {
    /// For the view that is being created.
    #[must_use]
    pub fn of_view() -> Self {
        let frame = Self(StoredValue::new_local(None));
        on_cleanup(move || frame.cancel());
        frame
    }

    /// Whether work waits for the frame, or the view is unmounted.
    #[must_use]
    pub fn is_due(self) -> bool {
        self.0.try_with_value(Option::is_none) != Some(true)
    }

    /// Runs `act` at the next frame. A no-op once the view is unmounted.
    pub fn run(self, act: impl FnOnce() + 'static) {
        self.cancel();
        let act: Box<dyn FnOnce()> = Box::new(act);
        self.0.try_update_value(|frame| {
            let request = request_animation_frame_with_handle(move || {
                self.0.try_update_value(Option::take);
                act();
            });
            // Fails only without a window.
            *frame = request.ok();
        });
    }

    fn cancel(self) {
        if let Some(Some(frame)) = self.0.try_update_value(Option::take) {
            frame.cancel();
        }
    }
}
