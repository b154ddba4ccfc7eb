//! What is served beside the application.
