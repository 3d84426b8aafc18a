/*
 * supplement.mjs
 *		What the API has and the pinned SDK's version lacks.
 *
 * Written by hand from the service's public model, in the notation in which
 * the SDK carries its own shapes, so that the SDK's runtime serialises these
 * operations and members as it does all others.  An entry that the SDK has
 * got in the meantime is an error: see applySupplement().
 */
import { sdk } from "./runtime.mjs";

const NAMESPACE = "com.amazonaws.datazone";

/* The SDK's notation: kinds of values, and containers of scalars. */
const string = 0;
const boolean = 2;
const number = 1;
const timestamp = 4;
const listOf = (scalar) => 64 | scalar;
const mapOf = (scalar) => 128 | scalar;
const list = (name, item) => [1, NAMESPACE, name, 0, item];
const label = [string, { httpLabel: 1 }];
const query = (schema, name) => [schema, { httpQuery: name }];
const token = [string, { idempotencyToken: 1 }];

function structure(name, required, optional = {}) {
	const members = { ...required, ...optional };

	return [3, NAMESPACE, name, 0, Object.keys(members),
		Object.values(members), Object.keys(required).length];
}

const nothing = structure("Nothing", {});

const designation = { domainIdentifier: label, identifier: label };

const lineageSync = structure("LineageSyncInput",
	{ enabled: boolean }, { timezone: string, schedule: string });

const connectivity = structure("ConnectivityProperties", {}, {
	connectionProperties: mapOf(string),
	physicalConnectionRequirements: () => sdk.PhysicalConnectionRequirements$,
	name: string,
	description: string,
	validateCredentials: boolean,
	validateForComputeEnvironments: listOf(string),
	sparkProperties: mapOf(string),
	athenaProperties: mapOf(string),
	pythonProperties: mapOf(string),
	authenticationConfiguration: () => sdk.AuthenticationConfigurationInput$,
});

const gitMetadata = structure("GitMetadata", {
	connectionId: string,
	repository: string,
	branch: string,
	commitHash: string,
}, { fileName: string, committedAt: timestamp, commitMessage: string });

const s3Files = structure("S3FilesLocation", {
	bucket: string,
	fileList: list("S3FileList", structure("S3File", { key: string })),
});

/* Operations: method, path, status of success, input. */
export const operations = {
	CreateDesignation: ["POST", "/v2/domains/{domainIdentifier}/designations",
		201, structure("CreateDesignationInput",
			{ domainIdentifier: label, name: string, policy: string },
			{ description: string, deletionProtection: boolean })],
	GetDesignation: ["GET",
		"/v2/domains/{domainIdentifier}/designations/{identifier}", 200,
		structure("GetDesignationInput", designation)],
	UpdateDesignation: ["PATCH",
		"/v2/domains/{domainIdentifier}/designations/{identifier}", 200,
		structure("UpdateDesignationInput", designation, {
			name: string,
			description: string,
			policy: string,
			deletionProtection: boolean,
		})],
	DeleteDesignation: ["DELETE",
		"/v2/domains/{domainIdentifier}/designations/{identifier}", 204,
		structure("DeleteDesignationInput", designation)],
	ListDesignations: ["GET", "/v2/domains/{domainIdentifier}/designations",
		200, structure("ListDesignationsInput", { domainIdentifier: label }, {
			nextToken: query(string, "nextToken"),
			maxResults: query(number, "maxResults"),
		})],
	DeleteLineageEvent: ["DELETE",
		"/v2/domains/{domainIdentifier}/lineage/events/{identifier}", 200,
		structure("DeleteLineageEventInput",
			{ domainIdentifier: label, identifier: label })],
	StartNotebookSync: ["POST",
		"/v2/domains/{domainIdentifier}/notebook-syncs", 201,
		structure("StartNotebookSyncInput", {
			domainIdentifier: label,
			owningProjectIdentifier: string,
			sourceLocation: () => sdk.SourceLocation$,
		}, {
			gitMetadata,
			notebookId: string,
			name: string,
			description: string,
			clientToken: token,
		})],
};

/* Of these, the ones that have pages. */
export const paginated = ["ListDesignations"];

/* Members of structures and arms of unions that the SDK has. */
export const members = {
	ConnectionPropertiesInput: {
		snowflakeProperties: structure("SnowflakePropertiesInput", {
			snowflakeRole: string,
			identityMapping: structure("IdentityMapping",
				{ usernameAttribute: string }, { prefix: string }),
		}, { connectivityProperties: connectivity, lineageSync }),
		vpcProperties: structure("VpcPropertiesInput",
			{ vpcId: string, subnetIds: listOf(string) },
			{ securityGroupId: string }),
		gitProperties: structure("GitPropertiesInput", {
			codeConnectionArn: string,
			repositoryId: string,
			defaultBranch: string,
		}),
	},
	ConnectionPropertiesPatch: {
		snowflakeProperties: structure("SnowflakePropertiesPatch", {}, {
			connectivityPropertiesPatch: structure(
				"ConnectivityPropertiesPatch", {}, {
					description: string,
					connectionProperties: mapOf(string),
					authenticationConfiguration:
						() => sdk.AuthenticationConfigurationPatch$,
				}),
			snowflakeRole: string,
			lineageSync,
		}),
		vpcProperties: structure("VpcPropertiesPatch", {}, {
			vpcId: string,
			subnetIds: listOf(string),
			securityGroupId: string,
		}),
		gitProperties: structure("GitPropertiesPatch", {},
			{ codeConnectionArn: string, defaultBranch: string }),
	},
	CreateEnvironmentBlueprintInput: { blueprintCategory: string },
	CreateNotebookInput: { type: string },
	CreateProjectMembershipInput: { userCreatedDesignationId: string },
	DeleteDomainInput: { cascadeDelete: query(boolean, "cascadeDelete") },
	IamPropertiesInput: { roleArn: string },
	ListNotebooksInput: { type: query(string, "type") },
	ProjectMembershipAssignment: { userCreatedDesignationId: string },
	ProjectPolicyGrantPrincipal: { userCreatedDesignationId: string },
	PutEnvironmentBlueprintConfigurationInput: {
		allowUserProvidedConfigurations: boolean,
		resourceConfigurations: list("PutResourceConfigurations",
			structure("PutResourceConfiguration",
				{ name: string, region: string, parameters: mapOf(string) },
				{ description: string })),
	},
	SourceLocation: { s3Files },
	StartNotebookImportInput: { type: string },
	StartNotebookRunInput: {
		notificationConfiguration: structure("NotificationConfig",
			{ notifyOn: listOf(string) }),
	},
	UpdateEnvironmentBlueprintInput: { blueprintCategory: string },
	UpdateNotebookInput: { type: string },
};

/*
 * Add the members to the SDK's own shapes, in memory; to be called before
 * anything is serialised.  Gives the names of entries that are not needed any
 * more, since the SDK has them.
 */
export function applySupplement() {
	const needless = Object.keys(operations)
		.filter((name) => sdk[`${name}$`] !== undefined);

	for (const [shape, added] of Object.entries(members)) {
		const [, , , , names, schemas] = sdk[`${shape}$`];

		for (const [name, schema] of Object.entries(added)) {
			if (names.includes(name)) {
				needless.push(`${shape}.${name}`);
				continue;
			}
			names.push(name);
			schemas.push(schema);
		}
	}
	return needless;
}

/* An operation's schema in the SDK's notation. */
export function operationSchema(name) {
	const [method, uri, code, input] = operations[name];

	return [9, NAMESPACE, name, { http: [method, uri, code] },
		() => input, () => nothing];
}
