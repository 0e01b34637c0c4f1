//! Client of the whole GitBook REST API.
