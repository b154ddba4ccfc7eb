//! What can be asked of the editing of a secret, and what it asks for.

use contract::{SecretFields, SecretUpdate, ValueChange};

use crate::model::edit_flow::ValueChoice;
use crate::model::merge::{Field, Side};
use crate::model::metadata_form::{Form, Input};
use crate::model::write_outcome::{Version, WriteState};

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
    /// Wants it saved, with the value of the text field.
    AskedToSave(ValueChange),
    /// The save has got this far.
    Write(WriteState),
    /// Takes a side for a field.
    Picked(Field, Side),
    /// Is done with picking.
    TookPicks {
        /// Bytes of the new value; none where Replace is not chosen.
        new_value_bytes: Option<usize>,
    },
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
    /// Save this.
    Save(Box<Save>),
    /// Look the save up once more.
    LookAgain,
}

/// An update that was reviewed.
#[derive(Debug)]
pub struct Save {
    /// What the server had when the editing began: it is sent only while that is still so.
    pub before: Version,
    /// The fields that the secret is to have.
    pub after: SecretFields,
    /// What is sent, with the value.
    pub update: SecretUpdate,
}
