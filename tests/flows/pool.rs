//! Runs effects and futures on the thread of the test, when the test says so.

use std::cell::RefCell;

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use futures::executor::{LocalPool, LocalSpawner};
use futures::task::LocalSpawnExt;

thread_local! {
    static POOL: RefCell<LocalPool> = RefCell::default();
    static SPAWNER: LocalSpawner = POOL.with_borrow(LocalPool::spawner);
}

struct Pool;

impl CustomExecutor for Pool {
    fn spawn(&self, future: PinnedFuture<()>) {
        self.spawn_local(future);
    }

    fn spawn_local(&self, future: PinnedLocalFuture<()>) {
        SPAWNER.with(|spawner| spawner.spawn_local(future)).unwrap();
    }

    fn poll_local(&self) {
        POOL.with_borrow_mut(LocalPool::run_until_stalled);
    }
}

/// The first world of this process sets it for all threads.
pub(crate) fn start() {
    let _ = Executor::init_custom_executor(Pool);
}
