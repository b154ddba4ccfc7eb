//! What outlives a view, for as long as the session: the list that was read last, and what was done to its secrets since.
//!
//! In memory only, and without values. It ends with the session.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use contract::{ResourceMetadata, SecretId, WorkspaceId};

/// Something that this console has done to a secret, with success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It was created or changed, and now is this.
    Put(Box<ResourceMetadata>),
    /// It was deleted.
    Deleted(SecretId),
}

/// What the list on screen shows of a secret that is being deleted, before the server has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview<'a> {
    /// It is hidden.
    Hidden(&'a SecretId),
    /// The server did not agree: it is shown again.
    Shown(&'a SecretId),
}

/// Who wants to know at once of what is done in a workspace.
struct Listener {
    number: u64,
    workspace: WorkspaceId,
    hear: Rc<dyn Fn(Option<Preview<'_>>)>,
}

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static LAST: Cell<u64> = const { Cell::new(0) };
    static LIST: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
    static DONE: RefCell<Vec<(WorkspaceId, Done)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a list in place of the one that was kept before.
pub fn keep_list(list: Box<dyn Any>) {
    LIST.set(Some(list));
}

/// The list that is kept.
pub fn take_list() -> Option<Box<dyn Any>> {
    LIST.take()
}

/// Looks at the list that is kept.
pub fn look_at_list<Answer>(look: impl FnOnce(&dyn Any) -> Answer) -> Option<Answer> {
    LIST.with_borrow(|list| list.as_deref().map(look))
}

/// Notes what was done, for the list of its workspace: the one on screen, or the next.
pub fn note(workspace: &WorkspaceId, done: Done) {
    DONE.with_borrow_mut(|all| all.push((workspace.clone(), done)));
    tell(workspace, None);
}

/// Tells the list on screen, and no later one.
pub fn preview(workspace: &WorkspaceId, preview: Preview<'_>) {
    tell(workspace, Some(preview));
}

fn tell(workspace: &WorkspaceId, preview: Option<Preview<'_>>) {
    let hear = LISTENER.with_borrow(|listener| {
        let listener = listener.as_ref().filter(|listener| listener.workspace == *workspace)?;
        Some(Rc::clone(&listener.hear))
    });
    if let Some(hear) = hear {
        hear(preview);
    }
}

/// Tells the list that is on screen of what is noted from now on, in place of whoever was told before. Returns what ends
/// it.
pub fn listen(workspace: &WorkspaceId, hear: impl Fn(Option<Preview<'_>>) + 'static) -> u64 {
    let number = LAST.get() + 1;
    LAST.set(number);
    LISTENER.set(Some(Listener {
        number,
        workspace: workspace.clone(),
        hear: Rc::new(hear),
    }));
    number
}

/// The list has gone, unless another one listens already.
pub fn stop_listening(number: u64) {
    LISTENER.with_borrow_mut(|listener| {
        *listener = listener.take().filter(|listener| listener.number != number);
    });
}

/// What was done in a workspace since it was last asked.
pub fn take_done(workspace: &WorkspaceId) -> Vec<Done> {
    let all = DONE.take();
    let (here, elsewhere): (Vec<_>, Vec<_>) = all.into_iter().partition(|(at, _)| at == workspace);
    DONE.set(elsewhere);
    here.into_iter().map(|(_, done)| done).collect()
}

/// Forgets everything: the session is another one, or none.
pub fn forget() {
    LIST.set(None);
    DONE.set(Vec::new());
}
