//! A workspace from its creation to its archive, and its members.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, wait_until};

    #[test]
    fn a_workspace_is_created_edited_and_archived() {
        Journey::named("workspace-writes").take(|world| {
            let page = &world.page;
            world.open("/workspaces");
            page.button("New workspace").click();
            page.wait_view("New workspace");
            page.textbox("Name").fill("Lab");
            page.textbox("Description").fill("For trying things out");
            page.button("Create workspace").click();
            page.wait_view("Lab");
            page.main_landmark().wait_text("For trying things out");
            let id = world.api.workspace_named("Lab");
            let path = format!("/v1/account/workspaces/{id}");

            page.button("Edit").click();
            page.wait_view("Edit workspace");
            page.textbox("Name").fill("Annex");
            page.button("Review changes").click();
            page.named(&["list"], "Changes").wait_text("Annex");
            assert_eq!(world.api.calls("PATCH", &path), 0, "nothing is sent before the review");
            page.button("Save changes").click();
            page.wait_view("Annex");
            assert_eq!(world.api.calls("PATCH", &path), 1);

            wait_until("it is read", || {
                page.button("Archive").attribute("aria-disabled").is_none()
            });
            page.button("Archive").click();
            let dialog = page.alertdialog("Archive workspace");
            dialog.wait_text("can't undo it");
            let archive = dialog.button("Archive");
            assert_eq!(archive.attribute("aria-disabled").as_deref(), Some("true"));
            dialog.textbox("Type the name to confirm").fill("Annex");
            wait_until("it can be archived", || archive.attribute("aria-disabled").is_none());
            archive.click();
            page.wait_view("Workspaces");
            page.table("Workspaces").row("Production").wait();
            wait_until("it is not listed", || !page.table("Workspaces").row("Annex").exists());
        });
    }

    #[test]
    fn members_are_searched_invited_and_removed() {
        Journey::named("members").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Club");
            world.open(&format!("/workspaces/{workspace}/members"));
            let members = page.table("Members");
            members.row("Local administrator").wait_text("you");
            for (typed, option, consequence, row) in [
                (
                    "zoë",
                    "Zoë Lindqvist",
                    "will be able to use this workspace",
                    "zoe.lindqvist@example.com",
                ),
                (
                    "new@example.com",
                    "Invite new@example.com",
                    "They will be invited by email",
                    "new@example.com",
                ),
            ] {
                page.button("Add member").click();
                let dialog = page.dialog("Add member");
                dialog.combobox("Name or email address").fill(typed);
                dialog.any(&["option"]).wait_text(option);
                dialog.any(&["option"]).click();
                dialog.wait_text(consequence);
                dialog.button("Add member").click();
                members.row(row).wait();
            }
            page.button("Remove Zoë Lindqvist").click();
            let dialog = page.alertdialog("Remove member");
            dialog.wait_text("Remove Zoë Lindqvist from Club?");
            dialog.button("Remove").click();
            wait_until("she is gone", || !members.row("Zoë Lindqvist").exists());
            members.row("new@example.com").wait();
        });
    }
}
