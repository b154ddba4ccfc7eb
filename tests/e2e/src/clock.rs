//! The page's time: clocks that are moved, and timers that fire early.

use crate::browser::Page;

/// The clocks of the page, moved by `__clocks.wall` and `__clocks.running` milliseconds.
const CLOCKS: &str = "
    if (!globalThis.__clocks) {
        const now = Date.now, ran = performance.now.bind(performance);
        globalThis.__clocks = { wall: 0, running: 0 };
        Date.now = () => now.call(Date) + __clocks.wall;
        performance.now = () => ran() + __clocks.running;
    }";

/// Timers that are known, so that `__clocks.pass` can fire those that are due meanwhile, each at its own time.
const TIMERS: &str = "
    const wait = setTimeout, forget = clearTimeout, timers = new Map();
    let last = 0;
    const arm = (id, timer) => {
        timer.handle = wait.call(globalThis, () => fire(id, timer), Math.max(0, timer.due - performance.now()));
    };
    const fire = (id, timer) => {
        if (!timers.has(id)) return;
        if (timer.period === null) timers.delete(id);
        else {
            timer.due += Math.max(1, timer.period);
            arm(id, timer);
        }
        timer.act(...timer.rest);
    };
    const start = (act, time, rest, isRepeated) => {
        const period = Number(time) || 0;
        const timer = { act, rest, due: performance.now() + period, period: isRepeated ? period : null };
        timers.set(++last, timer);
        arm(last, timer);
        return last;
    };
    const stop = id => {
        if (timers.has(id)) forget.call(globalThis, timers.get(id).handle);
        timers.delete(id);
    };
    globalThis.setTimeout = (act, time, ...rest) => start(act, time, rest, false);
    globalThis.setInterval = (act, time, ...rest) => start(act, time, rest, true);
    globalThis.clearTimeout = globalThis.clearInterval = stop;
    __clocks.pass = async time => {
        const end = performance.now() + time;
        const move = to => {
            const step = Math.max(0, to - performance.now());
            __clocks.wall += step;
            __clocks.running += step;
        };
        for (;;) {
            const [next] = [...timers].filter(([, it]) => it.due <= end).sort(([, one], [, other]) => one.due - other.due);
            if (!next) break;
            move(next[1].due);
            forget.call(globalThis, next[1].handle);
            fire(...next);
            // What it sets in motion may start another timer.
            await new Promise(done => wait.call(globalThis, done, 0));
        }
        move(end);
        for (const [id, timer] of timers) {
            forget.call(globalThis, timer.handle);
            arm(id, timer);
        }
    };";

impl Page {
    /// In each document from now on, [`Page::fast_forward`] works.
    #[track_caller]
    pub fn control_timers(&self) {
        self.before_each_document(&format!("{{{CLOCKS}{TIMERS}}}"));
    }

    /// Fires every timer of the next seconds now, in their order, with the clocks at its time. What does not wait for a
    /// timer (the server, the browser) takes as long as ever.
    ///
    /// # Panics
    ///
    /// Where the document was loaded before [`Page::control_timers`].
    #[track_caller]
    pub fn fast_forward(&self, seconds: u32) {
        self.step(&format!("{seconds} seconds pass at once"));
        self.run(&format!("return __clocks.pass({seconds} * 1000)"));
    }

    /// Lets this many seconds pass without user activity.
    #[track_caller]
    pub fn pass(&self, seconds: u32) {
        self.step(&format!("{seconds} seconds pass"));
        self.run(CLOCKS);
        self.run(&format!(
            "__clocks.wall += {seconds} * 1000; __clocks.running += {seconds} * 1000"
        ));
    }
}
