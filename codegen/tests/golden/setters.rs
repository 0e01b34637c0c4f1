// Generated from spec/openapi.yaml by gitbook-api-codegen.

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl Problem {
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl Space {
    pub fn id(mut self, id: impl Into<crate::ids::SpaceId>) -> Self {
        self.id = id.into();
        self
    }

    /// Sets [`title`](Self#structfield.title).
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Sets [`kind`](Self#structfield.kind).
    pub fn kind(mut self, kind: impl Into<Kind>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    pub fn created_at(mut self, created_at: impl Into<crate::DateTime>) -> Self {
        self.created_at = created_at.into();
        self
    }

    pub fn parent(mut self, parent: impl Into<String>) -> Self {
        self.parent = Some(parent.into());
        self
    }

    pub fn size(mut self, size: impl Into<f64>) -> Self {
        self.size = Some(size.into());
        self
    }

    pub fn labels(mut self, labels: impl Into<crate::Map<String>>) -> Self {
        self.labels = Some(labels.into());
        self
    }

    pub fn tree(mut self, tree: impl IntoIterator<Item = impl Into<Block>>) -> Self {
        self.tree = Some(tree.into_iter().map(Into::into).collect());
        self
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl Spaces {
    pub fn items(mut self, items: impl IntoIterator<Item = impl Into<Space>>) -> Self {
        self.items = items.into_iter().map(Into::into).collect();
        self
    }

    pub fn next(mut self, next: impl Into<Next>) -> Self {
        self.next = Some(next.into());
        self
    }

    pub fn count(mut self, count: impl Into<f64>) -> Self {
        self.count = Some(count.into());
        self
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl Next {
    pub fn page(mut self, page: impl Into<String>) -> Self {
        self.page = page.into();
        self
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl Paragraph {
    pub fn nodes(mut self, nodes: impl IntoIterator<Item = impl Into<Block>>) -> Self {
        self.nodes = nodes.into_iter().map(Into::into).collect();
        self
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl Image {
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl ListSitesResponseItem {
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl LabelImageRequest {
    /// Sets [`labels`](Self#structfield.labels).
    pub fn labels(mut self, labels: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.labels = labels.into_iter().map(Into::into).collect();
        self
    }
}
