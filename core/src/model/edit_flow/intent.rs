//! What can be asked of the editing of a secret, and what it asks for.

use contract::{Failure, SecretUpdate, ValueChange};

use crate::model::edit_flow::ValueChoice;
use crate::model::merge::{Field, Side};
use crate::model::metadata_form::{Form, Input};
use crate::model::write_outcome::{ValueSeen, Version};

/// What a person asks for, and what the server answers.
#[derive(Debug)]
pub enum Intent {
    /// Changes a field.
    Typed(Input),
    /// Chooses what to do with the value.
    Chose(ValueChoice),
    /// Types in the value's text field.
    TypedValue,
    /// Wants to see what will be sent. The new value comes along only to be counted.
    AskedForReview {
        /// Bytes of the new value; none where Replace is not chosen.
        new_value_bytes: Option<usize>,
    },
    /// Goes back to the form.
    WentBack,
    /// Wants it sent.
    AskedToSave,
    /// The secret was read before it is written: this is what the server has, and the value of the text field.
    Checked(Version, ValueChange),
    /// It could not be read, so nothing was sent.
    CheckFailed(Failure),
    /// Takes a side for a field.
    Picked(Field, Side),
    /// Is done with picking.
    TookPicks {
        /// Bytes of the new value; none where Replace is not chosen.
        new_value_bytes: Option<usize>,
    },
    /// The server has saved it.
    Saved,
    /// The server has not, or it is not known.
    Failed(Failure),
    /// The secret was read after the answer was lost.
    Looked(Version, ValueSeen),
    /// It could not be read then.
    LookFailed(Failure),
    /// Wants the secret to be read once more.
    AskedToLook,
    /// A draft of an earlier time is taken up.
    Restored(Box<(Version, Form, ValueChoice)>),
    /// What was typed is given up, for what the server has.
    Discarded,
}

/// What is to be done outside.
#[derive(Debug)]
pub enum Command {
    /// Read the secret and hand it back with [`Intent::Checked`].
    Check,
    /// Send this update.
    Save(SecretUpdate),
    /// Read the secret and hand it back with [`Intent::Looked`].
    Look,
    /// It is saved, although nobody said so.
    Leave,
}
