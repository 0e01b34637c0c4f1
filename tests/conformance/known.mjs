// Values that were read or written wrongly once, and values of the real API. `text` must come out
// unchanged, or as `becomes`; `variant` is the outermost member that must be chosen, `not` are those
// that must not, and `refused` tells whether it may be sent.

const known = (schema, value, more = {}) => ({ schema, text: typeof value === 'string' ? value : JSON.stringify(value), ...more });

export const KNOWN = [
  known('SiteCustomizationSettings', { styling: { zzNewLook: 'x' } }),
  known('UpdateIntegrationInstallation', { configuration: { a: null, b: 1 } }),
  known('DocumentTableRecord', { orderIndex: 'a', values: { text: null, number: 1 } }),
  known('OpenAPISpecSource', { git: { repository: 'r', path: 'p' } }, { variant: 'Unknown' }),
  known('OrganizationInviteLink', { object: 'invite', id: 'i', space: { object: 'space', id: 's', comments: '3' } }, { mayFail: true, not: ['Collection'] }),
  known('Document', { mdx: '# Hello' }, { variant: 'Unknown' }),
  known('SiteInsightsQueryRange', { lastDays: 7 }, { variant: 'Unknown' }),
  known('CreateOrganizationInvite', { level: 'read', site: 's' }),
  known('PostCommentSchema', { body: { document: { object: 'document', data: {}, nodes: [{ object: 'block', type: 'paragraph', data: {}, nodes: [{ object: 'text', leaves: [{ object: 'leaf', text: 7, marks: [] }] }] }] } } }, { mayFail: true }),
  known('ContextConnectorSetup', { connector: 'builtin:notion', setupSettings: { a: 1 } }),
  known('ContextConnectorSetup', { connector: 'integration:x' }),
  known('ContextConnection', { type: 'builtin:confluence', settings: { a: 1 } }),
  known('ComputedContentSource', { type: 'builtin:confluence', props: { a: 1 } }),
  known('SiteSearchScope', { mode: 'default', currentSiteSpace: 'x', restrictTo: 'otherSiteSpaces' }, { refused: false }),
  known('ContentKitAction', { action: '@editor.node.updateProps', props: 7 }, { variant: 'Action' }),
  known('DefaultLevel', '"inherit"', { not: ['Unknown', 'MemberRoleOrGuest'] }),
  known('Space', { object: 'space', id: 's', createdAt: '9999-12-31T23:59:59.999Z', title: 't' }),
  known('Space', { object: 'space', id: 's', createdAt: '', title: 't' }),
  known('Space', { object: 'space', id: 's', createdAt: 'yesterday', title: 't' }),
  known('Space', { object: 'space', id: 's', createdAt: '2024-05-06T07:08:09+02:00', updatedAt: '2024-05-06T07:08:09Z', deletedAt: 'never' }),
  known('Space', { object: 'space', id: 's', gitSync: { installationProvider: 'github', integration: 'i' } }),
  known('Space', '{"object":"space","id":"s","title":"a\\ud83d"}', { becomes: '{"object":"space","id":"s","title":"a\ufffd"}' }),
  known('Space', '{"object":"space","id":"s","title":"first","title":"last"}', { becomes: '{"object":"space","id":"s","title":"last"}' }),
  known('Space', '{"object":"space","id":"s","comments":3.0}'),
  known('SiteRedirectInputDestination', { kind: 'zz', x: 1 }, { variant: 'Unknown' }),
  known('bulkUpsertSiteRedirects request', { redirects: [{ source: 'no path', destination: null }] }, { refused: true }),
  known('updateUserById request', {}, { refused: true }),
];
