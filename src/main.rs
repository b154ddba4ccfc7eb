//! Mounts the console into the page.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// Wipes memory when it is freed: keys and values are in wiped buffers of our own, and pass through buffers of others on
/// their way (docs/decisions/0507).
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() {
    strongroom::start();
}
