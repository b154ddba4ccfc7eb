//! Unsaved work: asks before any kind of navigation leaves it.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MouseEvent};

use crate::browser::published::Published;

/// Unsaved work, as the page with it describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// What becomes of it.
    pub text: String,
    /// Whether a draft of it is kept, so that leaving loses nothing.
    pub is_kept: bool,
}

/// The unsaved work of a page, if it has any.
type Reason = Rc<dyn Fn() -> Option<Unsaved>>;

/// Runs once the user confirms leaving.
type Act = Box<dyn FnOnce()>;

#[derive(Default)]
struct State {
    guards: Vec<(u64, Reason)>,
    /// The number of the latest guard.
    last: u64,
    pending: Option<Act>,
    /// The number of the current history entry. Counted here, because the browser does not report the distance of a
    /// step.
    entry: i32,
    /// Who caused the history step under way. Our own steps are not asked about.
    step: Step,
}

/// Who caused a history step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    /// The user.
    #[default]
    Theirs,
    /// We did, to undo a step. Not passed on to other listeners.
    Back,
    /// We did, after the user confirmed.
    On,
}

/// The question before unsaved work is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub unsaved: Unsaved,
    /// What the user wants to do.
    pub aim: Aim,
}

/// What the user wants to do instead of staying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Leave the view.
    Leave,
    /// Disconnect, which loses the work for good, whatever the reason says of leaving.
    Disconnect,
    /// Lock, which loses the values of drafts.
    Lock,
}

/// The guards of unsaved work, and the question that is open.
#[derive(Clone, Copy)]
pub struct Guards {
    question: Published<Option<Question>>,
    state: StoredValue<State, LocalStorage>,
}

impl Guards {
    /// Starts listening to links and to back and forward. Must be registered first, because an event that is stopped
    /// here must not reach other listeners.
    pub fn watch(go: impl Fn(Self, &str) + Copy + 'static) -> Self {
        let guards = Self {
            question: Published::new(None),
            state: StoredValue::new_local(State::default()),
        };
        let on_click = window_event_listener(leptos::ev::click, move |event| {
            if let Some(address) = followed(&event)
                && guards.reason().is_some()
            {
                event.prevent_default();
                guards.ask(move || go(guards, &address), Aim::Leave);
            }
        });
        let on_step = window_event_listener_untyped("popstate", move |event| guards.hear_step(&event));
        on_cleanup(move || {
            on_click.remove();
            on_step.remove();
        });
        guards
    }

    /// Asks before the view is left, while it is mounted and `reason` returns one.
    pub fn add(self, reason: impl Fn() -> Option<Unsaved> + 'static) {
        let reason: Reason = Rc::new(reason);
        let number = self.state.try_update_value(|state| {
            state.last += 1;
            state.guards.push((state.last, reason));
            state.last
        });
        on_cleanup(move || {
            self.state
                .try_update_value(|state| state.guards.retain(|(known, _)| Some(*known) != number));
        });
    }

    fn reason(self) -> Option<Unsaved> {
        // A reason may have side effects, such as saving a draft, so nothing may be borrowed here.
        let guards = self.state.try_with_value(|state| state.guards.clone())?;
        guards.iter().find_map(|(_, reason)| reason())
    }

    /// The open question, if any.
    pub fn question(self) -> ReadSignal<Option<Question>> {
        self.question.read_only()
    }

    /// Runs an action now, or once the user confirms leaving.
    pub fn ask(self, act: impl FnOnce() + 'static, aim: Aim) {
        match self.reason() {
            None => act(),
            Some(unsaved) => self.ask_anyway(act, aim, unsaved),
        }
    }

    /// Asks, whatever the views with unsaved work say.
    pub fn ask_anyway(self, act: impl FnOnce() + 'static, aim: Aim, unsaved: Unsaved) {
        let act: Act = Box::new(act);
        self.state.update_value(|state| state.pending = Some(act));
        self.question.set(Some(Question { unsaved, aim }));
    }

    /// The user stays or leaves.
    pub fn answer(self, is_leaving: bool) {
        let act = self.state.try_update_value(|state| state.pending.take());
        self.question.set(None);
        if let Some(act) = act.flatten().filter(|_| is_leaving) {
            act();
        }
    }

    fn hear_step(self, event: &Event) {
        let step = self.state.try_update_value(|state| std::mem::take(&mut state.step));
        let step = step.unwrap_or_default();
        let reached = entry();
        if step == Step::Back {
            event.stop_immediate_propagation();
            return;
        }
        if step == Step::On || self.reason().is_none() {
            self.set_entry(reached.unwrap_or_default());
            return;
        }
        event.stop_immediate_propagation();
        // An entry without a number was never shown by the console; most likely it is one step back.
        let by = reached.map_or(-1, |reached| reached - self.entry());
        self.step_by(-by, Step::Back);
        self.ask(move || self.step_by(by, Step::On), Aim::Leave);
    }

    fn entry(self) -> i32 {
        self.state.try_with_value(|state| state.entry).unwrap_or_default()
    }

    fn set_entry(self, entry: i32) {
        self.state.try_update_value(|state| state.entry = entry);
    }

    fn step_by(self, by: i32, step: Step) {
        if by == 0 {
            return;
        }
        self.state.update_value(|state| state.step = step);
        let stepped = window().history().and_then(|history| history.go_with_delta(by));
        if stepped.is_err() {
            self.state.update_value(|state| state.step = Step::Theirs);
        }
    }

    /// The history state of the current entry, for code that replaces it.
    pub fn mark(self) -> JsValue {
        self.entry().into()
    }

    /// Numbers the current entry, if it is new.
    pub fn number_entry(self) {
        if let Some(number) = entry() {
            self.set_entry(number);
            return;
        }
        let number = self.entry() + 1;
        self.set_entry(number);
        if let Ok(history) = window().history() {
            // Without a number, undoing assumes a single step; nothing else needs it.
            let _ = history.replace_state(&number.into(), "");
        }
    }
}

/// The number of the current history entry.
fn entry() -> Option<i32> {
    let state = window().history().ok()?.state().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is a number that was put there as one"
    )]
    state.as_f64().map(|number| number as i32)
}

/// The target of a clicked link that the console handles itself.
pub fn followed(event: &MouseEvent) -> Option<String> {
    let is_plain =
        event.button() == 0 && !(event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key());
    if event.default_prevented() || !is_plain {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href^='/']:not([target], [download])").ok()??;
    link.get_attribute("href")
}
