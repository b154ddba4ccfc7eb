//! Unsaved work: whoever would lead away from it is asked first, whichever way they go.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MouseEvent};

/// Why not to leave: said by the page whose work it is. None where nothing would be lost.
type Reason = Rc<dyn Fn() -> Option<String>>;

/// What is done once the person says that leaving is fine.
type Act = Box<dyn FnOnce()>;

#[derive(Default)]
struct State {
    guards: Vec<(u64, Loss, Reason)>,
    /// The number of the latest guard.
    last: u64,
    pending: Option<Act>,
    /// Which entry of the browser's history is shown, counted by ourselves: it does not tell how far a step led.
    entry: i32,
    /// A step that is on its way was asked for by ourselves: nobody is asked again.
    step: Step,
}

/// Who asked for a step in the browser's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Step {
    /// The person.
    #[default]
    Theirs,
    /// We did, to undo one: nobody gets to know.
    Back,
    /// We did, because the person said that it is fine.
    On,
}

/// When that which somebody is asked about is gone for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// What its reason says of leaving holds for every way of leaving.
    Never,
    /// A draft of it may outlive leaving, but not disconnecting.
    OnDisconnect,
}

/// What a person who leads away from unsaved work is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Why not to leave.
    pub reason: String,
    /// They want to disconnect.
    pub is_disconnecting: bool,
    /// They do, and the work is gone for good then, whatever the reason says of leaving.
    pub is_lost: bool,
}

/// What is in the way of leaving, for a dialog: from when it is asked until it is answered.
#[derive(Clone, Copy)]
pub struct Guards {
    question: RwSignal<Option<Question>>,
    state: StoredValue<State, LocalStorage>,
}

impl Guards {
    /// Listens from now on to links and to back and forward. Before anybody else does: what is stopped here must reach
    /// nobody else.
    pub fn watch(go: impl Fn(Self, &str) + Copy + 'static) -> Self {
        let guards = Self {
            question: RwSignal::new(None),
            state: StoredValue::new_local(State::default()),
        };
        let on_click = window_event_listener(leptos::ev::click, move |event| {
            if let Some(address) = followed(&event)
                && guards.reason().is_some()
            {
                event.prevent_default();
                guards.ask(move || go(guards, &address), false);
            }
        });
        let on_step = window_event_listener_untyped("popstate", move |event| guards.hear_step(&event));
        on_cleanup(move || {
            on_click.remove();
            on_step.remove();
        });
        guards
    }

    /// Asks before the view is left for as long as it is on screen and `reason` gives one.
    pub fn add(self, loss: Loss, reason: impl Fn() -> Option<String> + 'static) {
        let reason: Reason = Rc::new(reason);
        let number = self.state.try_update_value(|state| {
            state.last += 1;
            state.guards.push((state.last, loss, reason));
            state.last
        });
        on_cleanup(move || {
            self.state
                .try_update_value(|state| state.guards.retain(|(known, ..)| Some(*known) != number));
        });
    }

    fn reason(self) -> Option<(Loss, String)> {
        // A reason may do something of its own, such as keeping a draft: nothing is borrowed meanwhile.
        let guards = self.state.try_with_value(|state| state.guards.clone())?;
        guards.iter().find_map(|(_, loss, reason)| Some((*loss, reason()?)))
    }

    /// Why not to leave, while somebody is to be asked.
    pub fn question(self) -> ReadSignal<Option<Question>> {
        self.question.read_only()
    }

    /// Does something now, or once the person has said that leaving is fine.
    pub fn ask(self, act: impl FnOnce() + 'static, is_disconnecting: bool) {
        match self.reason() {
            None => act(),
            Some((loss, reason)) => {
                let act: Act = Box::new(act);
                self.state.update_value(|state| state.pending = Some(act));
                self.question.set(Some(Question {
                    reason,
                    is_disconnecting,
                    is_lost: is_disconnecting && loss == Loss::OnDisconnect,
                }));
            }
        }
    }

    /// The person stays, or goes.
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
        // An entry without a number is one that the console never showed; then it was most likely one step back.
        let by = reached.map_or(-1, |reached| reached - self.entry());
        self.step_by(-by, Step::Back);
        self.ask(move || self.step_by(by, Step::On), false);
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

    /// What marks the present entry of the history, for whoever replaces it.
    pub fn mark(self) -> JsValue {
        self.entry().into()
    }

    /// Another entry may be shown: numbers it, where it is a new one.
    pub fn number_entry(self) {
        if let Some(number) = entry() {
            self.set_entry(number);
            return;
        }
        let number = self.entry() + 1;
        self.set_entry(number);
        if let Ok(history) = window().history() {
            // Without a number a step away is undone by one; nothing else needs it.
            let _ = history.replace_state(&number.into(), "");
        }
    }
}

/// The number of the entry of the history that is shown.
fn entry() -> Option<i32> {
    let state = window().history().ok()?.state().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is a number that was put there as one"
    )]
    state.as_f64().map(|number| number as i32)
}

/// The address of a link that was clicked and that the console will follow by itself.
fn followed(event: &MouseEvent) -> Option<String> {
    let is_plain =
        event.button() == 0 && !(event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key());
    if event.default_prevented() || !is_plain {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href^='/']:not([target], [download])").ok()??;
    link.get_attribute("href")
}
