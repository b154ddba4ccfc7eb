//! Faults on demand, for tests. Only with `--faults`.

mod admin;
mod fault;
mod layer;
mod perform;
mod requests;

use std::sync::{Mutex, PoisonError};

pub(crate) use admin::routes;
pub(crate) use layer::layer;

use fault::Armed;
use requests::RequestLog;

/// The faults that wait for a call, and the calls that were made.
#[derive(Default)]
pub(crate) struct Faults {
    armed: Mutex<Vec<Armed>>,
    requests: Mutex<RequestLog>,
}

impl Faults {
    fn with_armed<T>(&self, work: impl FnOnce(&mut Vec<Armed>) -> T) -> T {
        work(&mut self.armed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn with_requests<T>(&self, work: impl FnOnce(&mut RequestLog) -> T) -> T {
        work(&mut self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The first armed fault that this call meets; it is spent by it.
    fn take(&self, method: &str, path: &str, query: Option<&str>) -> Option<fault::Fault> {
        self.take_where(|it| it.matches(method, path, query))
    }

    /// The same for a hashed file of the site, which only meets a fault that names one.
    fn take_for_file(&self, method: &str, path: &str) -> Option<fault::Fault> {
        self.take_where(|it| it.names_a_file() && it.matches(method, path, None))
    }

    fn take_where(&self, meets: impl Fn(&Armed) -> bool) -> Option<fault::Fault> {
        self.with_armed(|armed| {
            let index = armed.iter().position(meets)?;
            let it = armed.get_mut(index)?;
            let fault = it.fault.clone();
            // 0 stands for "until taken away".
            match it.times {
                0 => {}
                1 => {
                    armed.remove(index);
                }
                _ => it.times -= 1,
            }
            Some(fault)
        })
    }
}
