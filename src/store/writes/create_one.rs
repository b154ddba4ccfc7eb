//! Creates of several secrets, one after the other.

use contract::{Kind, MetadataFields, ResourceMetadata, SecretText, WorkspaceId, calls};
use strongroom_core::list::LocalChange;
use strongroom_core::model::write_outcome::{Done, Failed, LookedUp, Sent, is_create_looked_up};

use crate::store::writes::Writes;
use crate::store::writes::look_up::LookUp;

impl Writes {
    /// Creates one of several secrets, and looks for it if the response was lost. Posts no notice: the view that creates
    /// them shows what became of each.
    ///
    /// # Errors
    ///
    /// Why it was not created, or may not have been.
    pub async fn create_one(
        self,
        workspace: &WorkspaceId,
        fields: MetadataFields,
        value: Option<SecretText>,
    ) -> Result<Box<ResourceMetadata>, Failed> {
        let call = calls::create_secret(workspace, &fields, value.as_ref());
        drop(value);
        let account = self.account();
        let sent = Sent {
            fields,
            at: self.clock.now(),
            by: account.as_ref().and_then(|account| account.1.clone()),
        };
        let metadata = match self.session.send(call).await {
            Ok(secret) => Box::new(secret.metadata),
            Err(failure) if is_create_looked_up(&failure) => {
                let look_up = LookUp::Create {
                    workspace: workspace.clone(),
                    sent,
                    is_refused: failure.kind() == Kind::Taken,
                };
                match self.look(&failure, &look_up, |_| ()).await {
                    Ok(Done::Saved { metadata, .. }) => metadata,
                    Ok(Done::Deleted(_)) => return Err(Failed::Refused(failure)),
                    Err(seen) => return Err(Failed::LookedUp(LookedUp { failure, seen })),
                }
            }
            Err(failure) => return Err(Failed::Refused(failure)),
        };
        if self.is_shown_to(account.as_ref()) {
            self.lists.apply(workspace, &LocalChange::Put(metadata.clone()));
        }
        Ok(metadata)
    }
}
