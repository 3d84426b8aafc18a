/*
 * empties.mjs
 *		Members that may be empty, and are sent or left out accordingly.
 *
 * The SDK's shapes do not say which strings, lists and maps may be empty, so
 * these are named: in queries all there are, in bodies one of each kind.
 */
export const empties = {
	ListConnections: { name: "" },
	ListDataSources: { environmentIdentifier: "", connectionIdentifier: "" },
	ListEnvironments: { provider: "", name: "" },
	ListNotifications: { subjects: [] },
	ListProjects: { userIdentifier: "", groupIdentifier: "",
		projectCategory: "" },
	ListRules: { projectIds: [], assetTypes: [] },
	UntagResource: { tagKeys: [] },

	CreateAsset: { description: "", formsInput: [] },
	CreateAssetType: { description: "", formsInput: {} },
	CreateDomain: { description: "", tags: {} },
	CreateProject: { userParameters: [], resourceTags: {} },
	PutEnvironmentBlueprintConfiguration: { enabledRegions: [],
		globalParameters: { empty: "" }, regionalParameters: { empty: {} } },
	TagResource: { tags: {} },
	UpdateNotebook: { cellOrder: [], metadata: {} },
};
