//! Imports of files into a space.

use super::storage::FileUpload;
use crate::{
    client::Client,
    error::Error,
    ids::OrganizationId,
    response::Response,
    types::{
        ContentImportRun, ContentImportSourceFile, ContentImportTarget, StartImportRunRequest,
        StorageUploadKind,
    },
};

impl Client {
    /// Imports files, such as Word documents or Markdown, into a space: uploads them one after the
    /// other, then starts one import of all of them.
    ///
    /// The import continues after this returns; `get_import_run` returns its state.
    ///
    /// ```no_run
    /// # async fn import(client: gitbook_api::Client) -> Result<(), gitbook_api::Error> {
    /// use gitbook_api::{FileUpload, types::ContentImportTarget};
    ///
    /// let files = ["setup.md", "handbook.docx"].map(FileUpload::from_path);
    /// let target = ContentImportTarget::new("space");
    /// let run = client.import_files("org", files, target).await?;
    /// println!("{}: {}", run.id, run.status);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be [uploaded](Self::upload_file), or the import cannot be started.
    pub async fn import_files<F: Into<FileUpload>>(
        &self,
        organization_id: impl Into<OrganizationId>,
        files: impl IntoIterator<Item = F>,
        target: ContentImportTarget,
    ) -> Result<Response<ContentImportRun>, Error> {
        let organization_id = organization_id.into();
        let mut keys = Vec::new();
        for file in files {
            let kind = StorageUploadKind::ImportFile;
            keys.push(self.upload_file(&organization_id, kind, file).await?);
        }
        let source = ContentImportSourceFile::new(keys);
        self.start_import_run(organization_id, StartImportRunRequest::new(source, target))
            .send()
            .await
    }
}
