/*-------------------------------------------------------------------------
 *
 * model_data.c
 *		The service's operations and shapes: generated, not for editing.
 *
 * script/generate_model.py wrote this from the service's public model, API
 * version 2018-05-10; model.h says what the tables mean.  Positions are
 * left to the compiler, so that a new version of the model is a diff of what
 * changed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/model.h"

/* clang-format off */

/* text, a member by its own name, a member with all it may have, a shape */
#define T(field) offsetof(struct pool, t_##field)
#define M(field, shape, place, flags) \
	{T(field), T(field), S_##shape, sizeof(pool.t_##field) - 1, \
		DZ_IN_##place, flags, DZ_TIME_BY_PLACE}
#define W(field, wire, shape, place, flags, time) \
	{T(field), T(wire), S_##shape, sizeof(pool.t_##field) - 1, \
		DZ_IN_##place, flags, DZ_TIME_##time}
#define SCALAR(kind, check, time, min) \
	{DZ_KIND_##kind, DZ_CHECK_##check, DZ_TIME_##time, 0, 0, 0, 0, min}
#define LIST(item, flags, min, time) \
	{DZ_KIND_LIST, DZ_CHECK_NONE, DZ_TIME_##time, flags, S_##item, 0, 0, min}
#define MAP(key, item, flags, min, time) \
	{DZ_KIND_MAP, DZ_CHECK_NONE, DZ_TIME_##time, flags, S_##item, S_##key, 0, min}
#define EMPTY(kind) \
	{DZ_KIND_##kind, DZ_CHECK_NONE, DZ_TIME_BY_PLACE, 0, 0, 0, 0, 0}
#define MEMBERS(kind, shape, nrequired, flags) \
	{DZ_KIND_##kind, DZ_CHECK_NONE, DZ_TIME_BY_PLACE, flags, \
		offsetof(struct members, shape) / sizeof(DzMember), \
		lengthof(members.shape), nrequired, 0}
#define PARTS(operation) \
	.first_part = offsetof(struct parts, operation) / sizeof(DzPathPart), \
	.nparts = lengthof(parts.operation)

enum
{
	S_BOOLEAN,
	S_CLIENT_TOKEN,
	S_DOMAIN_ID,
	S_FLOAT,
	S_INTEGER,
	S_LONG,
	S_PLAIN_TOKEN,
	S_RUN_EVENT,
	S_STRING,
	S_STRING_MIN_1,
	S_STRING_MIN_12,
	S_STRING_MIN_2,
	S_STRING_MIN_3,
	S_STRING_MIN_4,
	S_STRING_MIN_6,
	S_TIMESTAMP,
	S_TIMESTAMP_ISO,
	S_AcceptChoice,
	S_AcceptChoices,
	S_AcceptPredictionsInput,
	S_AcceptPredictionsOutput,
	S_AcceptRule,
	S_AcceptSubscriptionRequestInput,
	S_AcceptSubscriptionRequestOutput,
	S_AcceptSubscriptionRequestOutputSubscribedListingsList,
	S_AcceptSubscriptionRequestOutputSubscribedPrincipalsList,
	S_AcceptedAssetScope,
	S_AcceptedAssetScopes,
	S_AccountInfo,
	S_AccountInfoList,
	S_AccountPoolList,
	S_AccountPoolSummaries,
	S_AccountPoolSummary,
	S_AccountSource,
	S_ActionParameters,
	S_AddEntityOwnerInput,
	S_AddEntityOwnerOutput,
	S_AddPolicyGrantInput,
	S_AddPolicyGrantOutput,
	S_AddToProjectMemberPoolPolicyGrantDetail,
	S_AdditionalAttributes,
	S_AggregationList,
	S_AggregationListItem,
	S_AggregationOutput,
	S_AggregationOutputItem,
	S_AggregationOutputItems,
	S_AggregationOutputList,
	S_AllDomainUnitsGrantFilter,
	S_AllUsersGrantFilter,
	S_AmazonQPropertiesInput,
	S_AmazonQPropertiesOutput,
	S_AmazonQPropertiesPatch,
	S_ApplicableAssetTypes,
	S_AssetFilterConfiguration,
	S_AssetFilterSummary,
	S_AssetFilters,
	S_AssetInDataProductListingItem,
	S_AssetInDataProductListingItems,
	S_AssetItem,
	S_AssetItemAdditionalAttributes,
	S_AssetItemGovernedGlossaryTermsList,
	S_AssetListing,
	S_AssetListingDetails,
	S_AssetListingGovernedGlossaryTermsList,
	S_AssetListingItem,
	S_AssetListingItemAdditionalAttributes,
	S_AssetListingItemGovernedGlossaryTermsList,
	S_AssetPermission,
	S_AssetPermissions,
	S_AssetRevision,
	S_AssetRevisions,
	S_AssetScope,
	S_AssetTargetNameMap,
	S_AssetTargetNames,
	S_AssetTypeIdentifiers,
	S_AssetTypeItem,
	S_AssetTypesForRule,
	S_AssociateEnvironmentRoleInput,
	S_AssociateEnvironmentRoleOutput,
	S_AssociateGovernedTermsInput,
	S_AssociateGovernedTermsInputGovernedGlossaryTermsList,
	S_AssociateGovernedTermsOutput,
	S_AthenaPropertiesInput,
	S_AthenaPropertiesOutput,
	S_AthenaPropertiesPatch,
	S_AttributeError,
	S_AttributeInput,
	S_Attributes,
	S_AttributesErrors,
	S_AttributesList,
	S_AuthenticationConfiguration,
	S_AuthenticationConfigurationInput,
	S_AuthenticationConfigurationPatch,
	S_AuthorizationCodeProperties,
	S_AuthorizedPrincipalIdentifiers,
	S_AwsAccount,
	S_AwsConsoleLinkParameters,
	S_AwsLocation,
	S_AwsRegionList,
	S_BasicAuthenticationCredentials,
	S_BatchGetAttributeItems,
	S_BatchGetAttributeOutput,
	S_BatchGetAttributesMetadataInput,
	S_BatchGetAttributesMetadataOutput,
	S_BatchPutAttributeItems,
	S_BatchPutAttributeOutput,
	S_BatchPutAttributesMetadataInput,
	S_BatchPutAttributesMetadataOutput,
	S_BusinessNameGenerationConfiguration,
	S_CancelMetadataGenerationRunInput,
	S_CancelMetadataGenerationRunOutput,
	S_CancelSubscriptionInput,
	S_CancelSubscriptionOutput,
	S_CellInformation,
	S_CellOrder,
	S_CloudFormationProperties,
	S_ColumnFilterConfiguration,
	S_ColumnNameList,
	S_ComputeConfig,
	S_ComputeEnvironmentsList,
	S_ConfigurableActionParameter,
	S_ConfigurableActionParameterList,
	S_ConfigurableEnvironmentAction,
	S_Configuration,
	S_Configurations,
	S_ConnectionCredentials,
	S_ConnectionProperties,
	S_ConnectionPropertiesInput,
	S_ConnectionPropertiesOutput,
	S_ConnectionPropertiesPatch,
	S_ConnectionSummaries,
	S_ConnectionSummary,
	S_ConnectivityProperties,
	S_ConnectivityPropertiesPatch,
	S_CreateAccountPoolInput,
	S_CreateAccountPoolOutput,
	S_CreateAssetFilterInput,
	S_CreateAssetFilterOutput,
	S_CreateAssetInput,
	S_CreateAssetOutput,
	S_CreateAssetOutputGovernedGlossaryTermsList,
	S_CreateAssetRevisionInput,
	S_CreateAssetRevisionOutput,
	S_CreateAssetRevisionOutputGovernedGlossaryTermsList,
	S_CreateAssetTypeInput,
	S_CreateAssetTypeOutput,
	S_CreateAssetTypePolicyGrantDetail,
	S_CreateConnectionInput,
	S_CreateConnectionOutput,
	S_CreateDataProductInput,
	S_CreateDataProductOutput,
	S_CreateDataProductRevisionInput,
	S_CreateDataProductRevisionOutput,
	S_CreateDataSourceInput,
	S_CreateDataSourceOutput,
	S_CreateDesignationInput,
	S_CreateDesignationOutput,
	S_CreateDomainInput,
	S_CreateDomainOutput,
	S_CreateDomainUnitInput,
	S_CreateDomainUnitOutput,
	S_CreateDomainUnitPolicyGrantDetail,
	S_CreateEnvironmentActionInput,
	S_CreateEnvironmentActionOutput,
	S_CreateEnvironmentBlueprintInput,
	S_CreateEnvironmentBlueprintOutput,
	S_CreateEnvironmentInput,
	S_CreateEnvironmentOutput,
	S_CreateEnvironmentProfileInput,
	S_CreateEnvironmentProfileOutput,
	S_CreateEnvironmentProfilePolicyGrantDetail,
	S_CreateFormTypeInput,
	S_CreateFormTypeOutput,
	S_CreateFormTypePolicyGrantDetail,
	S_CreateGlossaryInput,
	S_CreateGlossaryOutput,
	S_CreateGlossaryPolicyGrantDetail,
	S_CreateGlossaryTermInput,
	S_CreateGlossaryTermOutput,
	S_CreateGroupProfileInput,
	S_CreateGroupProfileOutput,
	S_CreateListingChangeSetInput,
	S_CreateListingChangeSetOutput,
	S_CreateNotebookInput,
	S_CreateNotebookOutput,
	S_CreateProjectFromProjectProfilePolicyGrantDetail,
	S_CreateProjectInput,
	S_CreateProjectInputResourceTagsMap,
	S_CreateProjectMembershipInput,
	S_CreateProjectMembershipOutput,
	S_CreateProjectOutput,
	S_CreateProjectPolicyGrantDetail,
	S_CreateProjectProfileInput,
	S_CreateProjectProfileOutput,
	S_CreateRuleInput,
	S_CreateRuleOutput,
	S_CreateSubscriptionGrantInput,
	S_CreateSubscriptionGrantOutput,
	S_CreateSubscriptionRequestInput,
	S_CreateSubscriptionRequestOutput,
	S_CreateSubscriptionRequestOutputSubscribedListingsList,
	S_CreateSubscriptionRequestOutputSubscribedPrincipalsList,
	S_CreateSubscriptionTargetInput,
	S_CreateSubscriptionTargetOutput,
	S_CreateUserProfileInput,
	S_CreateUserProfileOutput,
	S_CredentialMap,
	S_CustomAccountPoolHandler,
	S_CustomParameter,
	S_CustomParameterList,
	S_DataProductItem,
	S_DataProductItemAdditionalAttributes,
	S_DataProductItems,
	S_DataProductListing,
	S_DataProductListingItem,
	S_DataProductListingItemAdditionalAttributes,
	S_DataProductResultItem,
	S_DataProductRevision,
	S_DataProductRevisions,
	S_DataSourceConfigurationInput,
	S_DataSourceConfigurationOutput,
	S_DataSourceErrorMessage,
	S_DataSourceRunActivities,
	S_DataSourceRunActivity,
	S_DataSourceRunLineageSummary,
	S_DataSourceRunSummaries,
	S_DataSourceRunSummary,
	S_DataSourceSummaries,
	S_DataSourceSummary,
	S_DeleteAccountPoolInput,
	S_DeleteAccountPoolOutput,
	S_DeleteAssetFilterInput,
	S_DeleteAssetInput,
	S_DeleteAssetOutput,
	S_DeleteAssetTypeInput,
	S_DeleteAssetTypeOutput,
	S_DeleteConnectionInput,
	S_DeleteConnectionOutput,
	S_DeleteDataExportConfigurationInput,
	S_DeleteDataExportConfigurationOutput,
	S_DeleteDataProductInput,
	S_DeleteDataProductOutput,
	S_DeleteDataSourceInput,
	S_DeleteDataSourceOutput,
	S_DeleteDesignationInput,
	S_DeleteDesignationOutput,
	S_DeleteDomainInput,
	S_DeleteDomainOutput,
	S_DeleteDomainUnitInput,
	S_DeleteDomainUnitOutput,
	S_DeleteEnvironmentActionInput,
	S_DeleteEnvironmentBlueprintConfigurationInput,
	S_DeleteEnvironmentBlueprintConfigurationOutput,
	S_DeleteEnvironmentBlueprintInput,
	S_DeleteEnvironmentInput,
	S_DeleteEnvironmentProfileInput,
	S_DeleteFormTypeInput,
	S_DeleteFormTypeOutput,
	S_DeleteGlossaryInput,
	S_DeleteGlossaryOutput,
	S_DeleteGlossaryTermInput,
	S_DeleteGlossaryTermOutput,
	S_DeleteLineageEventInput,
	S_DeleteLineageEventOutput,
	S_DeleteListingInput,
	S_DeleteListingOutput,
	S_DeleteNotebookInput,
	S_DeleteNotebookOutput,
	S_DeleteProgress,
	S_DeleteProjectInput,
	S_DeleteProjectMembershipInput,
	S_DeleteProjectMembershipOutput,
	S_DeleteProjectOutput,
	S_DeleteProjectProfileInput,
	S_DeleteProjectProfileOutput,
	S_DeleteRuleInput,
	S_DeleteRuleOutput,
	S_DeleteSubscriptionGrantInput,
	S_DeleteSubscriptionGrantOutput,
	S_DeleteSubscriptionRequestInput,
	S_DeleteSubscriptionTargetInput,
	S_DeleteTimeSeriesDataPointsInput,
	S_DeleteTimeSeriesDataPointsOutput,
	S_Deployment,
	S_DeploymentMessagesList,
	S_DeploymentProperties,
	S_DesignationSummaries,
	S_DesignationSummary,
	S_DetailedGlossaryTerm,
	S_DetailedGlossaryTerms,
	S_DisassociateEnvironmentRoleInput,
	S_DisassociateEnvironmentRoleOutput,
	S_DisassociateGovernedTermsInput,
	S_DisassociateGovernedTermsInputGovernedGlossaryTermsList,
	S_DisassociateGovernedTermsOutput,
	S_DomainSummaries,
	S_DomainSummary,
	S_DomainUnitFilterForProject,
	S_DomainUnitGrantFilter,
	S_DomainUnitGroupProperties,
	S_DomainUnitIds,
	S_DomainUnitOwnerProperties,
	S_DomainUnitOwners,
	S_DomainUnitPolicyGrantPrincipal,
	S_DomainUnitSummaries,
	S_DomainUnitSummary,
	S_DomainUnitTarget,
	S_DomainUnitUserProperties,
	S_EnabledRegionList,
	S_EncryptionConfiguration,
	S_EntityOwners,
	S_EntityPattern,
	S_EnvironmentActionList,
	S_EnvironmentActionSummary,
	S_EnvironmentBlueprintConfigurationItem,
	S_EnvironmentBlueprintConfigurations,
	S_EnvironmentBlueprintSummaries,
	S_EnvironmentBlueprintSummary,
	S_EnvironmentConfig,
	S_EnvironmentConfiguration,
	S_EnvironmentConfigurationParameter,
	S_EnvironmentConfigurationParametersDetails,
	S_EnvironmentConfigurationParametersList,
	S_EnvironmentConfigurationUserParameter,
	S_EnvironmentConfigurationUserParametersList,
	S_EnvironmentConfigurationsList,
	S_EnvironmentDeploymentDetails,
	S_EnvironmentError,
	S_EnvironmentFailureReasons,
	S_EnvironmentFailureReasonsList,
	S_EnvironmentParameter,
	S_EnvironmentParametersList,
	S_EnvironmentProfileSummaries,
	S_EnvironmentProfileSummary,
	S_EnvironmentResolvedAccount,
	S_EnvironmentSummaries,
	S_EnvironmentSummary,
	S_EqualToExpression,
	S_EventSummary,
	S_FailedQueryProcessingErrorMessages,
	S_FailureCause,
	S_FailureReason,
	S_FailureReasons,
	S_FailureReasonsList,
	S_Filter,
	S_FilterClause,
	S_FilterExpression,
	S_FilterExpressions,
	S_FilterIds,
	S_FilterList,
	S_FormEntryInput,
	S_FormEntryOutput,
	S_FormInput,
	S_FormInputList,
	S_FormNameList,
	S_FormOutput,
	S_FormOutputList,
	S_FormTypeData,
	S_FormsInputMap,
	S_FormsOutputMap,
	S_GetAccountPoolInput,
	S_GetAccountPoolOutput,
	S_GetAssetFilterInput,
	S_GetAssetFilterOutput,
	S_GetAssetInput,
	S_GetAssetOutput,
	S_GetAssetOutputGovernedGlossaryTermsList,
	S_GetAssetTypeInput,
	S_GetAssetTypeOutput,
	S_GetConnectionInput,
	S_GetConnectionOutput,
	S_GetDataExportConfigurationInput,
	S_GetDataExportConfigurationOutput,
	S_GetDataProductInput,
	S_GetDataProductOutput,
	S_GetDataSourceInput,
	S_GetDataSourceOutput,
	S_GetDataSourceRunInput,
	S_GetDataSourceRunOutput,
	S_GetDesignationInput,
	S_GetDesignationOutput,
	S_GetDomainInput,
	S_GetDomainOutput,
	S_GetDomainUnitInput,
	S_GetDomainUnitOutput,
	S_GetEnvironmentActionInput,
	S_GetEnvironmentActionOutput,
	S_GetEnvironmentBlueprintConfigurationInput,
	S_GetEnvironmentBlueprintConfigurationOutput,
	S_GetEnvironmentBlueprintInput,
	S_GetEnvironmentBlueprintOutput,
	S_GetEnvironmentCredentialsInput,
	S_GetEnvironmentCredentialsOutput,
	S_GetEnvironmentInput,
	S_GetEnvironmentOutput,
	S_GetEnvironmentProfileInput,
	S_GetEnvironmentProfileOutput,
	S_GetFormTypeInput,
	S_GetFormTypeOutput,
	S_GetGlossaryInput,
	S_GetGlossaryOutput,
	S_GetGlossaryTermInput,
	S_GetGlossaryTermOutput,
	S_GetGroupProfileInput,
	S_GetGroupProfileOutput,
	S_GetIamPortalLoginUrlInput,
	S_GetIamPortalLoginUrlOutput,
	S_GetJobRunInput,
	S_GetJobRunOutput,
	S_GetLineageEventInput,
	S_GetLineageEventOutput,
	S_GetLineageNodeInput,
	S_GetLineageNodeOutput,
	S_GetListingInput,
	S_GetListingOutput,
	S_GetMetadataGenerationRunInput,
	S_GetMetadataGenerationRunOutput,
	S_GetNotebookExportInput,
	S_GetNotebookExportOutput,
	S_GetNotebookInput,
	S_GetNotebookOutput,
	S_GetNotebookRunInput,
	S_GetNotebookRunOutput,
	S_GetProjectInput,
	S_GetProjectOutput,
	S_GetProjectProfileInput,
	S_GetProjectProfileOutput,
	S_GetRuleInput,
	S_GetRuleOutput,
	S_GetSubscriptionGrantInput,
	S_GetSubscriptionGrantOutput,
	S_GetSubscriptionInput,
	S_GetSubscriptionOutput,
	S_GetSubscriptionRequestDetailsInput,
	S_GetSubscriptionRequestDetailsOutput,
	S_GetSubscriptionRequestDetailsOutputSubscribedListingsList,
	S_GetSubscriptionRequestDetailsOutputSubscribedPrincipalsList,
	S_GetSubscriptionTargetInput,
	S_GetSubscriptionTargetOutput,
	S_GetTimeSeriesDataPointInput,
	S_GetTimeSeriesDataPointOutput,
	S_GetUserProfileInput,
	S_GetUserProfileOutput,
	S_GitMetadata,
	S_GitPropertiesInput,
	S_GitPropertiesOutput,
	S_GitPropertiesPatch,
	S_GlobalParameterMap,
	S_GlossaryItem,
	S_GlossaryItemAdditionalAttributes,
	S_GlossaryTermEnforcementDetail,
	S_GlossaryTermIdentifiers,
	S_GlossaryTermItem,
	S_GlossaryTermItemAdditionalAttributes,
	S_GlossaryTerms,
	S_GlossaryUsageRestrictions,
	S_GlueConnection,
	S_GlueConnectionInput,
	S_GlueConnectionNames,
	S_GlueConnectionPatch,
	S_GlueOAuth2Credentials,
	S_GluePropertiesInput,
	S_GluePropertiesOutput,
	S_GluePropertiesPatch,
	S_GlueRunConfigurationInput,
	S_GlueRunConfigurationOutput,
	S_GlueSelfGrantStatusOutput,
	S_GrantedEntity,
	S_GrantedEntityInput,
	S_GreaterThanExpression,
	S_GreaterThanOrEqualToExpression,
	S_GroupDetails,
	S_GroupPolicyGrantPrincipal,
	S_GroupProfileSummaries,
	S_GroupProfileSummary,
	S_HyperPodPropertiesInput,
	S_HyperPodPropertiesOutput,
	S_IamPropertiesInput,
	S_IamPropertiesOutput,
	S_IamPropertiesPatch,
	S_IamUserProfileDetails,
	S_IdentityMapping,
	S_Import,
	S_ImportList,
	S_InExpression,
	S_IsNotNullExpression,
	S_IsNullExpression,
	S_ItemGlossaryTerms,
	S_JobRunDetails,
	S_JobRunError,
	S_JobRunSummaries,
	S_JobRunSummary,
	S_LakeFormationConfiguration,
	S_LakehousePropertiesInput,
	S_LakehousePropertiesOutput,
	S_LakehousePropertiesPatch,
	S_LessThanExpression,
	S_LessThanOrEqualToExpression,
	S_LikeExpression,
	S_LineageEventSummaries,
	S_LineageEventSummary,
	S_LineageInfo,
	S_LineageNodeIds,
	S_LineageNodeItem,
	S_LineageNodeReference,
	S_LineageNodeReferenceList,
	S_LineageNodeSummaries,
	S_LineageNodeSummary,
	S_LineageNodeTypeItem,
	S_LineageRunDetails,
	S_LineageSqlQueryRunDetails,
	S_LineageSyncInput,
	S_LineageSyncOutput,
	S_LineageSyncSchedule,
	S_ListAccountPoolsInput,
	S_ListAccountPoolsOutput,
	S_ListAccountsInAccountPoolInput,
	S_ListAccountsInAccountPoolOutput,
	S_ListAssetFiltersInput,
	S_ListAssetFiltersOutput,
	S_ListAssetRevisionsInput,
	S_ListAssetRevisionsOutput,
	S_ListConnectionsInput,
	S_ListConnectionsOutput,
	S_ListDataProductRevisionsInput,
	S_ListDataProductRevisionsOutput,
	S_ListDataSourceRunActivitiesInput,
	S_ListDataSourceRunActivitiesOutput,
	S_ListDataSourceRunsInput,
	S_ListDataSourceRunsOutput,
	S_ListDataSourcesInput,
	S_ListDataSourcesOutput,
	S_ListDesignationsInput,
	S_ListDesignationsOutput,
	S_ListDomainUnitsForParentInput,
	S_ListDomainUnitsForParentOutput,
	S_ListDomainsInput,
	S_ListDomainsOutput,
	S_ListEntityOwnersInput,
	S_ListEntityOwnersOutput,
	S_ListEnvironmentActionSummaries,
	S_ListEnvironmentActionsInput,
	S_ListEnvironmentActionsOutput,
	S_ListEnvironmentBlueprintConfigurationsInput,
	S_ListEnvironmentBlueprintConfigurationsOutput,
	S_ListEnvironmentBlueprintsInput,
	S_ListEnvironmentBlueprintsOutput,
	S_ListEnvironmentProfilesInput,
	S_ListEnvironmentProfilesOutput,
	S_ListEnvironmentsInput,
	S_ListEnvironmentsOutput,
	S_ListJobRunsInput,
	S_ListJobRunsOutput,
	S_ListLineageEventsInput,
	S_ListLineageEventsOutput,
	S_ListLineageNodeHistoryInput,
	S_ListLineageNodeHistoryOutput,
	S_ListMetadataGenerationRunsInput,
	S_ListMetadataGenerationRunsOutput,
	S_ListNotebookRunsInput,
	S_ListNotebookRunsOutput,
	S_ListNotebooksInput,
	S_ListNotebooksOutput,
	S_ListNotificationsInput,
	S_ListNotificationsOutput,
	S_ListPolicyGrantsInput,
	S_ListPolicyGrantsOutput,
	S_ListProjectMembershipsInput,
	S_ListProjectMembershipsOutput,
	S_ListProjectProfilesInput,
	S_ListProjectProfilesOutput,
	S_ListProjectsInput,
	S_ListProjectsOutput,
	S_ListRulesInput,
	S_ListRulesOutput,
	S_ListSubscriptionGrantsInput,
	S_ListSubscriptionGrantsOutput,
	S_ListSubscriptionRequestsInput,
	S_ListSubscriptionRequestsOutput,
	S_ListSubscriptionTargetsInput,
	S_ListSubscriptionTargetsOutput,
	S_ListSubscriptionsInput,
	S_ListSubscriptionsOutput,
	S_ListTagsForResourceRequest,
	S_ListTagsForResourceResponse,
	S_ListTimeSeriesDataPointsInput,
	S_ListTimeSeriesDataPointsOutput,
	S_ListingItem,
	S_ListingRevision,
	S_ListingRevisionInput,
	S_ListingSummaries,
	S_ListingSummary,
	S_ListingSummaryItem,
	S_ListingSummaryItems,
	S_ManagedEndpointCredentials,
	S_MatchClause,
	S_MatchClauses,
	S_MatchCriteria,
	S_MatchOffset,
	S_MatchOffsets,
	S_MatchRationale,
	S_MatchRationaleItem,
	S_Member,
	S_MemberDetails,
	S_Metadata,
	S_MetadataFormEnforcementDetail,
	S_MetadataFormInputs,
	S_MetadataFormReference,
	S_MetadataFormSummary,
	S_MetadataForms,
	S_MetadataFormsSummary,
	S_MetadataGenerationRunItem,
	S_MetadataGenerationRunTarget,
	S_MetadataGenerationRunTypeStat,
	S_MetadataGenerationRunTypeStats,
	S_MetadataGenerationRunTypes,
	S_MetadataGenerationRuns,
	S_MetadataMap,
	S_MlflowPropertiesInput,
	S_MlflowPropertiesOutput,
	S_MlflowPropertiesPatch,
	S_Model,
	S_NameIdentifier,
	S_NameIdentifiers,
	S_NetworkConfig,
	S_NotEqualToExpression,
	S_NotInExpression,
	S_NotLikeExpression,
	S_NotebookError,
	S_NotebookExportError,
	S_NotebookRunError,
	S_NotebookRunSummary,
	S_NotebookRunSummaryList,
	S_NotebookSummary,
	S_NotebookSummaryList,
	S_NotificationConfig,
	S_NotificationOutput,
	S_NotificationResource,
	S_NotificationSubjects,
	S_NotificationsList,
	S_NotifyOnStates,
	S_OAuth2ClientApplication,
	S_OAuth2Properties,
	S_OpenLineageRunEventSummary,
	S_OutputLocation,
	S_OverrideDomainUnitOwnersPolicyGrantDetail,
	S_OverrideProjectOwnersPolicyGrantDetail,
	S_OwnerGroupProperties,
	S_OwnerGroupPropertiesOutput,
	S_OwnerProperties,
	S_OwnerPropertiesOutput,
	S_OwnerUserProperties,
	S_OwnerUserPropertiesOutput,
	S_PackageConfig,
	S_Parameters,
	S_Permissions,
	S_PhysicalConnectionRequirements,
	S_PhysicalEndpoint,
	S_PhysicalEndpoints,
	S_PolicyGrantDetail,
	S_PolicyGrantList,
	S_PolicyGrantMember,
	S_PolicyGrantPrincipal,
	S_PostLineageEventInput,
	S_PostLineageEventOutput,
	S_PostTimeSeriesDataPointsInput,
	S_PostTimeSeriesDataPointsOutput,
	S_PredictionChoices,
	S_PredictionConfiguration,
	S_ProjectDeletionError,
	S_ProjectGrantFilter,
	S_ProjectIds,
	S_ProjectMember,
	S_ProjectMembers,
	S_ProjectMembershipAssignment,
	S_ProjectMembershipAssignments,
	S_ProjectPolicyGrantPrincipal,
	S_ProjectProfileList,
	S_ProjectProfileSummaries,
	S_ProjectProfileSummary,
	S_ProjectResourceTagParameters,
	S_ProjectSummaries,
	S_ProjectSummary,
	S_ProjectsForRule,
	S_PropertyMap,
	S_ProvisioningConfiguration,
	S_ProvisioningConfigurationList,
	S_ProvisioningProperties,
	S_PutDataExportConfigurationInput,
	S_PutDataExportConfigurationOutput,
	S_PutEnvironmentBlueprintConfigurationInput,
	S_PutEnvironmentBlueprintConfigurationOutput,
	S_PutResourceConfiguration,
	S_PutResourceConfigurations,
	S_QueryGraphInput,
	S_QueryGraphOutput,
	S_RecommendationConfiguration,
	S_RedshiftClusterStorage,
	S_RedshiftCredentialConfiguration,
	S_RedshiftCredentials,
	S_RedshiftLineageSyncConfigurationInput,
	S_RedshiftLineageSyncConfigurationOutput,
	S_RedshiftPropertiesInput,
	S_RedshiftPropertiesOutput,
	S_RedshiftPropertiesPatch,
	S_RedshiftRunConfigurationInput,
	S_RedshiftRunConfigurationOutput,
	S_RedshiftSelfGrantStatusOutput,
	S_RedshiftServerlessStorage,
	S_RedshiftStorage,
	S_RedshiftStorageProperties,
	S_Region,
	S_RegionalParameter,
	S_RegionalParameterMap,
	S_RejectChoice,
	S_RejectChoices,
	S_RejectPredictionsInput,
	S_RejectPredictionsOutput,
	S_RejectRule,
	S_RejectSubscriptionRequestInput,
	S_RejectSubscriptionRequestOutput,
	S_RejectSubscriptionRequestOutputSubscribedListingsList,
	S_RejectSubscriptionRequestOutputSubscribedPrincipalsList,
	S_RelationPattern,
	S_RelationalFilterConfiguration,
	S_RelationalFilterConfigurations,
	S_RemoveEntityOwnerInput,
	S_RemoveEntityOwnerOutput,
	S_RemovePolicyGrantInput,
	S_RemovePolicyGrantOutput,
	S_RequiredMetadataFormList,
	S_Resource,
	S_ResourceConfiguration,
	S_ResourceConfigurationParameterMap,
	S_ResourceConfigurations,
	S_ResourceList,
	S_ResourceTag,
	S_ResourceTagParameter,
	S_ResourceTags,
	S_ResultItem,
	S_ResultItemList,
	S_RevokeSubscriptionInput,
	S_RevokeSubscriptionOutput,
	S_RowFilter,
	S_RowFilterConfiguration,
	S_RowFilterExpression,
	S_RowFilterList,
	S_RuleAssetTypeList,
	S_RuleDetail,
	S_RuleProjectIdentifierList,
	S_RuleScope,
	S_RuleSummaries,
	S_RuleSummary,
	S_RuleTarget,
	S_RunStatisticsForAssets,
	S_S3Destination,
	S_S3File,
	S_S3FileList,
	S_S3FilesLocation,
	S_S3LocationList,
	S_S3Permissions,
	S_S3PropertiesInput,
	S_S3PropertiesOutput,
	S_S3PropertiesPatch,
	S_SageMakerRunConfigurationInput,
	S_SageMakerRunConfigurationOutput,
	S_ScheduleConfiguration,
	S_SearchGroupProfilesInput,
	S_SearchGroupProfilesOutput,
	S_SearchInItem,
	S_SearchInList,
	S_SearchInput,
	S_SearchInventoryResultItem,
	S_SearchInventoryResultItems,
	S_SearchListingsInput,
	S_SearchListingsOutput,
	S_SearchOutput,
	S_SearchOutputAdditionalAttributes,
	S_SearchResultItem,
	S_SearchResultItems,
	S_SearchSort,
	S_SearchTypesInput,
	S_SearchTypesOutput,
	S_SearchTypesResultItem,
	S_SearchTypesResultItems,
	S_SearchUserProfilesInput,
	S_SearchUserProfilesOutput,
	S_SecurityGroupIdList,
	S_SecurityGroupIds,
	S_SelfGrantStatusDetail,
	S_SelfGrantStatusDetails,
	S_SelfGrantStatusOutput,
	S_SingleSignOn,
	S_SnowflakePropertiesInput,
	S_SnowflakePropertiesOutput,
	S_SnowflakePropertiesPatch,
	S_SourceLocation,
	S_SparkEmrPropertiesInput,
	S_SparkEmrPropertiesOutput,
	S_SparkEmrPropertiesPatch,
	S_SparkGlueArgs,
	S_SparkGluePropertiesInput,
	S_SparkGluePropertiesOutput,
	S_SsoUserProfileDetails,
	S_StartDataSourceRunInput,
	S_StartDataSourceRunOutput,
	S_StartMetadataGenerationRunInput,
	S_StartMetadataGenerationRunOutput,
	S_StartNotebookExportInput,
	S_StartNotebookExportOutput,
	S_StartNotebookImportInput,
	S_StartNotebookImportOutput,
	S_StartNotebookRunInput,
	S_StartNotebookRunOutput,
	S_StartNotebookSyncInput,
	S_StartNotebookSyncOutput,
	S_StopNotebookRunInput,
	S_StopNotebookRunOutput,
	S_StorageConfig,
	S_StringList,
	S_SubnetIdList,
	S_SubnetIds,
	S_SubscribedAsset,
	S_SubscribedAssetListing,
	S_SubscribedAssets,
	S_SubscribedGroup,
	S_SubscribedGroupInput,
	S_SubscribedIamPrincipal,
	S_SubscribedIamPrincipalInput,
	S_SubscribedListing,
	S_SubscribedListingInput,
	S_SubscribedListingInputs,
	S_SubscribedListingItem,
	S_SubscribedPrincipal,
	S_SubscribedPrincipalInput,
	S_SubscribedPrincipalInputs,
	S_SubscribedProductListing,
	S_SubscribedProject,
	S_SubscribedProjectInput,
	S_SubscribedUser,
	S_SubscribedUserInput,
	S_SubscriptionGrantSummary,
	S_SubscriptionGrants,
	S_SubscriptionRequestSummary,
	S_SubscriptionRequestSummarySubscribedListingsList,
	S_SubscriptionRequestSummarySubscribedPrincipalsList,
	S_SubscriptionRequests,
	S_SubscriptionSummary,
	S_SubscriptionTargetForm,
	S_SubscriptionTargetForms,
	S_SubscriptionTargetSummary,
	S_SubscriptionTargets,
	S_Subscriptions,
	S_TagKeyList,
	S_TagResourceRequest,
	S_TagResourceResponse,
	S_Tags,
	S_TermRelations,
	S_TermRelationsClassifiesList,
	S_TermRelationsIsAList,
	S_TextMatchItem,
	S_TextMatches,
	S_TimeSeriesDataPointFormInput,
	S_TimeSeriesDataPointFormInputList,
	S_TimeSeriesDataPointFormOutput,
	S_TimeSeriesDataPointFormOutputList,
	S_TimeSeriesDataPointSummaryFormOutput,
	S_TimeSeriesDataPointSummaryFormOutputList,
	S_TimeoutConfig,
	S_TokenUrlParametersMap,
	S_Topic,
	S_TrackingAssetArns,
	S_TrackingAssets,
	S_TriggerSource,
	S_Unit,
	S_UntagResourceRequest,
	S_UntagResourceResponse,
	S_UpdateAccountPoolInput,
	S_UpdateAccountPoolOutput,
	S_UpdateAssetFilterInput,
	S_UpdateAssetFilterOutput,
	S_UpdateConnectionInput,
	S_UpdateConnectionOutput,
	S_UpdateDataSourceInput,
	S_UpdateDataSourceOutput,
	S_UpdateDesignationInput,
	S_UpdateDesignationOutput,
	S_UpdateDomainInput,
	S_UpdateDomainOutput,
	S_UpdateDomainUnitInput,
	S_UpdateDomainUnitOutput,
	S_UpdateEnvironmentActionInput,
	S_UpdateEnvironmentActionOutput,
	S_UpdateEnvironmentBlueprintInput,
	S_UpdateEnvironmentBlueprintOutput,
	S_UpdateEnvironmentInput,
	S_UpdateEnvironmentOutput,
	S_UpdateEnvironmentProfileInput,
	S_UpdateEnvironmentProfileOutput,
	S_UpdateGlossaryInput,
	S_UpdateGlossaryOutput,
	S_UpdateGlossaryTermInput,
	S_UpdateGlossaryTermOutput,
	S_UpdateGroupProfileInput,
	S_UpdateGroupProfileOutput,
	S_UpdateNotebookInput,
	S_UpdateNotebookOutput,
	S_UpdateProjectInput,
	S_UpdateProjectInputResourceTagsMap,
	S_UpdateProjectOutput,
	S_UpdateProjectProfileInput,
	S_UpdateProjectProfileOutput,
	S_UpdateRootDomainUnitOwnerInput,
	S_UpdateRootDomainUnitOwnerOutput,
	S_UpdateRuleInput,
	S_UpdateRuleOutput,
	S_UpdateSubscriptionGrantStatusInput,
	S_UpdateSubscriptionGrantStatusOutput,
	S_UpdateSubscriptionRequestInput,
	S_UpdateSubscriptionRequestOutput,
	S_UpdateSubscriptionRequestOutputSubscribedListingsList,
	S_UpdateSubscriptionRequestOutputSubscribedPrincipalsList,
	S_UpdateSubscriptionTargetInput,
	S_UpdateSubscriptionTargetOutput,
	S_UpdateUserProfileInput,
	S_UpdateUserProfileOutput,
	S_UseAssetTypePolicyGrantDetail,
	S_UserDetails,
	S_UserPolicyGrantPrincipal,
	S_UserProfileDetails,
	S_UserProfileSummaries,
	S_UserProfileSummary,
	S_UsernamePassword,
	S_VpcConnectionSubnetIdList,
	S_VpcPropertiesInput,
	S_VpcPropertiesOutput,
	S_VpcPropertiesPatch,
	S_WorkflowsMwaaPropertiesInput,
	S_WorkflowsMwaaPropertiesOutput,
	S_WorkflowsServerlessPropertiesInput,
	S_WorkflowsServerlessPropertiesOutput,
};

static const struct pool
{
	char		t_Client_Token[13];
	char		t_Created_At[11];
	char		t_Created_By[11];
	char		t_Domain_Id[10];
	char		t_Event_Time[11];
	char		t_Id[3];
	char		t_Processing_Status[18];
	char		t__[2];
	char		t__accept[8];
	char		t__accept_predictions[20];
	char		t__account_pools[15];
	char		t__account_pools_[16];
	char		t__accounts[10];
	char		t__actions[9];
	char		t__actions_[10];
	char		t__activities[12];
	char		t__addGrant[10];
	char		t__addOwner[10];
	char		t__asset_types[13];
	char		t__asset_types_[14];
	char		t__assets[8];
	char		t__assets_[9];
	char		t__associate_governed_terms[26];
	char		t__attributes_metadata[21];
	char		t__cancel[8];
	char		t__connections[13];
	char		t__connections_[14];
	char		t__createMembership[18];
	char		t__credentials[13];
	char		t__data_export_configuration[27];
	char		t__data_products[15];
	char		t__data_products_[16];
	char		t__data_source_runs_[19];
	char		t__data_sources[14];
	char		t__data_sources_[15];
	char		t__deleteMembership[18];
	char		t__designations[14];
	char		t__designations_[15];
	char		t__disassociate_governed_terms[29];
	char		t__domain_units[14];
	char		t__domain_units_[15];
	char		t__entities_[11];
	char		t__environment_blueprint_configurations[38];
	char		t__environment_blueprint_configurations_[39];
	char		t__environment_blueprints[24];
	char		t__environment_blueprints_[25];
	char		t__environment_profiles[22];
	char		t__environment_profiles_[23];
	char		t__environments[14];
	char		t__environments_[15];
	char		t__filters[9];
	char		t__filters_[10];
	char		t__form_types[12];
	char		t__form_types_[13];
	char		t__get_portal_login_url[22];
	char		t__glossaries[12];
	char		t__glossaries_[13];
	char		t__glossary_terms[16];
	char		t__glossary_terms_[17];
	char		t__grants[8];
	char		t__graph_query[13];
	char		t__group_profiles[16];
	char		t__group_profiles_[17];
	char		t__history[9];
	char		t__jobRuns_[10];
	char		t__jobs_[7];
	char		t__lineage_events[16];
	char		t__lineage_events_[17];
	char		t__lineage_nodes_[16];
	char		t__list_rules_[13];
	char		t__listings_[11];
	char		t__listings_change_set[21];
	char		t__listings_search[17];
	char		t__memberships[13];
	char		t__metadata_generation_runs[26];
	char		t__metadata_generation_runs_[27];
	char		t__notebook_exports[18];
	char		t__notebook_exports_[19];
	char		t__notebook_imports[18];
	char		t__notebook_runs[15];
	char		t__notebook_runs_[16];
	char		t__notebook_syncs[16];
	char		t__notebooks[11];
	char		t__notebooks_[12];
	char		t__notifications[15];
	char		t__owners[8];
	char		t__policies_managed_[19];
	char		t__project_profiles[18];
	char		t__project_profiles_[19];
	char		t__projects[10];
	char		t__projects_[11];
	char		t__reject[8];
	char		t__reject_predictions[20];
	char		t__removeGrant[13];
	char		t__removeOwner[13];
	char		t__revisions[11];
	char		t__revoke[8];
	char		t__roles_[8];
	char		t__root_domain_unit_owner[24];
	char		t__rules[7];
	char		t__rules_[8];
	char		t__runs[6];
	char		t__search[8];
	char		t__search_group_profiles[23];
	char		t__search_user_profiles[22];
	char		t__status_[9];
	char		t__stop[6];
	char		t__subscription_grants[21];
	char		t__subscription_grants_[22];
	char		t__subscription_requests[23];
	char		t__subscription_requests_[24];
	char		t__subscription_targets[22];
	char		t__subscription_targets_[23];
	char		t__subscriptions[15];
	char		t__subscriptions_[16];
	char		t__tags_[7];
	char		t__time_series_data_points[25];
	char		t__time_series_data_points_[26];
	char		t__types_search[14];
	char		t__user_profiles[15];
	char		t__user_profiles_[16];
	char		t__v2_domains[12];
	char		t__v2_domains_[13];
	char		t_aWSManagedClientApplicationReference[37];
	char		t_acceptChoices[14];
	char		t_acceptRule[11];
	char		t_accessKeyId[12];
	char		t_accessRole[11];
	char		t_accessToken[12];
	char		t_accountId[10];
	char		t_accountPools[13];
	char		t_accountSource[14];
	char		t_accounts[9];
	char		t_action[7];
	char		t_actionLink[11];
	char		t_addToProjectMemberPool[23];
	char		t_added[6];
	char		t_additionalArgs[15];
	char		t_additionalAttributes[21];
	char		t_afterTimestamp[15];
	char		t_aggregates[11];
	char		t_aggregations[13];
	char		t_allDomainUnitsGrantFilter[26];
	char		t_allUsersGrantFilter[20];
	char		t_allowCustomProjectResourceTags[31];
	char		t_allowUserProvidedConfigurations[32];
	char		t_amazonQProperties[18];
	char		t_ancestorDomainUnitIds[22];
	char		t_and[4];
	char		t_applicableAssetTypes[21];
	char		t_approverProjectId[18];
	char		t_arn[4];
	char		t_assetFormsInput[16];
	char		t_assetFormsOutput[17];
	char		t_assetId[8];
	char		t_assetIdentifier[16];
	char		t_assetItem[10];
	char		t_assetListing[13];
	char		t_assetListings[14];
	char		t_assetPermissions[17];
	char		t_assetRevision[14];
	char		t_assetScope[11];
	char		t_assetScopes[12];
	char		t_assetTargetNames[17];
	char		t_assetType[10];
	char		t_assetTypeItem[14];
	char		t_assetTypes[11];
	char		t_assets[7];
	char		t_athenaProperties[17];
	char		t_attribute[10];
	char		t_attributeIdentifier[20];
	char		t_attributeIdentifiers[21];
	char		t_attributes[11];
	char		t_auth[5];
	char		t_authCodeUrl[12];
	char		t_authMode[9];
	char		t_authenticationConfiguration[28];
	char		t_authenticationType[19];
	char		t_authorizationCode[18];
	char		t_authorizationCodeProperties[28];
	char		t_authorizedPrincipals[21];
	char		t_autoImportDataQualityResult[28];
	char		t_availabilityZone[17];
	char		t_awsAccount[11];
	char		t_awsAccountId[13];
	char		t_awsAccountIdPath[17];
	char		t_awsAccountName[15];
	char		t_awsAccountRegion[17];
	char		t_awsConsoleLink[15];
	char		t_awsLocation[12];
	char		t_awsRegion[10];
	char		t_basicAuthenticationCredentials[31];
	char		t_beforeTimestamp[16];
	char		t_blueprintCategory[18];
	char		t_blueprintVersion[17];
	char		t_branch[7];
	char		t_bucket[7];
	char		t_businessNameGeneration[23];
	char		t_cascadeDelete[14];
	char		t_catalogName[12];
	char		t_cellOrder[10];
	char		t_certificateData[16];
	char		t_classification[15];
	char		t_classifies[11];
	char		t_clientToken[12];
	char		t_cloudFormation[15];
	char		t_clusterArn[11];
	char		t_clusterName[12];
	char		t_code[5];
	char		t_codeConnectionArn[18];
	char		t_columnConfiguration[20];
	char		t_columnName[11];
	char		t_commitHash[11];
	char		t_commitMessage[14];
	char		t_committedAt[12];
	char		t_compatibleComputeEnvironments[30];
	char		t_completedAt[12];
	char		t_computeArn[11];
	char		t_computeConfiguration[21];
	char		t_computeId[10];
	char		t_configuration[14];
	char		t_configurationParameters[24];
	char		t_configurations[15];
	char		t_connection[11];
	char		t_connectionCredentials[22];
	char		t_connectionId[13];
	char		t_connectionIdentifier[21];
	char		t_connectionProperties[21];
	char		t_connectionSchemaVersion[24];
	char		t_connectionType[15];
	char		t_connectivityProperties[23];
	char		t_connectivityPropertiesPatch[28];
	char		t_content[8];
	char		t_contentSummary[15];
	char		t_count[6];
	char		t_createAssetType[16];
	char		t_createDomainUnit[17];
	char		t_createEnvironment[18];
	char		t_createEnvironmentFromBlueprint[31];
	char		t_createEnvironmentProfile[25];
	char		t_createFormType[15];
	char		t_createGlossary[15];
	char		t_createProject[14];
	char		t_createProjectFromProjectProfile[32];
	char		t_createdAt[10];
	char		t_createdBy[10];
	char		t_creationTime[13];
	char		t_creationTimestamp[18];
	char		t_credentials[12];
	char		t_credentialsExpiration[22];
	char		t_currentOwner[13];
	char		t_customAccountPoolHandler[25];
	char		t_customAuthenticationCredentials[32];
	char		t_dataAccessRole[15];
	char		t_dataAssetId[12];
	char		t_dataAssetStatus[16];
	char		t_dataProduct[12];
	char		t_dataProductId[14];
	char		t_dataProductItem[16];
	char		t_dataProductListing[19];
	char		t_dataProductRevision[20];
	char		t_dataSourceConfigurationSnapshot[32];
	char		t_dataSourceId[13];
	char		t_dataSourceIdentifier[21];
	char		t_dataSourceRunId[16];
	char		t_database[9];
	char		t_databaseName[13];
	char		t_decisionComment[16];
	char		t_defaultBranch[14];
	char		t_defaultValue[13];
	char		t_delegateCreateEnvironmentProfile[33];
	char		t_deleteProgress[15];
	char		t_deletionProtection[19];
	char		t_deploymentId[13];
	char		t_deploymentMode[15];
	char		t_deploymentOrder[16];
	char		t_deploymentProperties[21];
	char		t_deploymentStatus[17];
	char		t_deploymentType[15];
	char		t_description[12];
	char		t_designation[12];
	char		t_designationType[16];
	char		t_detail[7];
	char		t_details[8];
	char		t_direction[10];
	char		t_displayValue[13];
	char		t_domainExecutionRole[20];
	char		t_domainId[9];
	char		t_domainIdentifier[17];
	char		t_domainUnit[11];
	char		t_domainUnitDesignation[22];
	char		t_domainUnitFilter[17];
	char		t_domainUnitGrantFilter[22];
	char		t_domainUnitId[13];
	char		t_domainUnitIdentifier[21];
	char		t_domainUnitTarget[17];
	char		t_domainVersion[14];
	char		t_downstreamLineageNodeIds[25];
	char		t_downstreamNodes[16];
	char		t_editedValue[12];
	char		t_effectiveColumnNames[21];
	char		t_effectiveRowFilter[19];
	char		t_enableBusinessNameGeneration[29];
	char		t_enableExport[13];
	char		t_enableSetting[14];
	char		t_enableTrustedIdentityPropagation[33];
	char		t_enabled[8];
	char		t_enabledRegions[15];
	char		t_encryptionConfiguration[24];
	char		t_endOffset[10];
	char		t_endTime[8];
	char		t_endTimeoutMinutes[18];
	char		t_endedAt[8];
	char		t_entityId[9];
	char		t_entityIdentifier[17];
	char		t_entityPattern[14];
	char		t_entityRevision[15];
	char		t_entityType[11];
	char		t_environmentAccountIdentifier[29];
	char		t_environmentAccountRegion[25];
	char		t_environmentActions[19];
	char		t_environmentBlueprintId[23];
	char		t_environmentBlueprintIdentifier[31];
	char		t_environmentConfiguration[25];
	char		t_environmentConfigurationId[27];
	char		t_environmentConfigurationName[29];
	char		t_environmentConfigurations[26];
	char		t_environmentDeploymentDetails[29];
	char		t_environmentFailureReasons[26];
	char		t_environmentId[14];
	char		t_environmentIdentifier[22];
	char		t_environmentParameters[22];
	char		t_environmentProfileId[21];
	char		t_environmentProfileIdentifier[29];
	char		t_environmentResolvedAccount[27];
	char		t_environmentRoleArn[19];
	char		t_environmentRolePermissionBoundary[34];
	char		t_environmentUserRole[20];
	char		t_environmentVersion[19];
	char		t_equalTo[8];
	char		t_error[6];
	char		t_errorDetail[12];
	char		t_errorMessage[13];
	char		t_errorMessages[14];
	char		t_errorType[10];
	char		t_errors[7];
	char		t_event[6];
	char		t_eventId[8];
	char		t_eventStatus[12];
	char		t_eventSummary[13];
	char		t_eventTime[10];
	char		t_eventTimestamp[15];
	char		t_eventTimestampGTE[18];
	char		t_eventTimestampLTE[18];
	char		t_eventType[10];
	char		t_existingSubscriptionId[23];
	char		t_expiration[11];
	char		t_expression[11];
	char		t_externalIdentifier[19];
	char		t_failed[7];
	char		t_failureCause[13];
	char		t_failureReason[14];
	char		t_failureReasons[15];
	char		t_failureTimestamp[17];
	char		t_fieldType[10];
	char		t_fileFormat[11];
	char		t_fileList[9];
	char		t_fileName[9];
	char		t_filter[7];
	char		t_filterExpressions[18];
	char		t_filterIds[10];
	char		t_filters[8];
	char		t_firstName[10];
	char		t_firstRevisionCreatedAt[23];
	char		t_firstRevisionCreatedBy[23];
	char		t_form[5];
	char		t_formName[9];
	char		t_formNames[10];
	char		t_formTypeIdentifier[19];
	char		t_formTypeItem[13];
	char		t_forms[6];
	char		t_formsInput[11];
	char		t_formsOutput[12];
	char		t_gitMetadata[12];
	char		t_gitProperties[14];
	char		t_globalParameters[17];
	char		t_glossaryId[11];
	char		t_glossaryIdentifier[19];
	char		t_glossaryItem[13];
	char		t_glossaryTermEnforcementDetail[30];
	char		t_glossaryTermItem[17];
	char		t_glossaryTerms[14];
	char		t_glueConnection[15];
	char		t_glueConnectionInput[20];
	char		t_glueConnectionName[19];
	char		t_glueConnectionNames[20];
	char		t_glueLineageSyncEnabled[23];
	char		t_glueProperties[15];
	char		t_glueRunConfiguration[21];
	char		t_glueSelfGrantStatus[20];
	char		t_glueVersion[12];
	char		t_governanceType[15];
	char		t_governedGlossaryTerms[22];
	char		t_grantId[8];
	char		t_grantIdentifier[16];
	char		t_grantList[10];
	char		t_grantedEntity[14];
	char		t_grantedTimestamp[17];
	char		t_greaterThan[12];
	char		t_greaterThanOrEqualTo[21];
	char		t_group[6];
	char		t_groupId[8];
	char		t_groupIdentifier[16];
	char		t_groupName[10];
	char		t_groupProfileId[15];
	char		t_groupType[10];
	char		t_host[5];
	char		t_hyperPodProperties[19];
	char		t_iam[4];
	char		t_iamConnectionId[16];
	char		t_iamProperties[14];
	char		t_id[3];
	char		t_idcInstanceArn[15];
	char		t_identifier[11];
	char		t_identityMapping[16];
	char		t_idleTimeout[12];
	char		t_imageVersion[13];
	char		t_importStatus[13];
	char		t_imports[8];
	char		t_in[3];
	char		t_includeCascaded[16];
	char		t_includeChildDomainUnits[24];
	char		t_includedColumnNames[20];
	char		t_inputs[7];
	char		t_instanceProfileArn[19];
	char		t_instanceType[13];
	char		t_intValue[9];
	char		t_isA[4];
	char		t_isDeploymentComplete[21];
	char		t_isEditable[11];
	char		t_isEnabled[10];
	char		t_isExportEnabled[16];
	char		t_isNotNull[10];
	char		t_isNull[7];
	char		t_isOptional[11];
	char		t_isProvisionedSecret[20];
	char		t_isUpdateSupported[18];
	char		t_isValueEditable[16];
	char		t_item[5];
	char		t_itemType[9];
	char		t_items[6];
	char		t_javaVirtualEnv[15];
	char		t_jdbcIamUrl[11];
	char		t_jdbcUrl[8];
	char		t_job[4];
	char		t_jobId[6];
	char		t_jobIdentifier[14];
	char		t_jobType[8];
	char		t_jwtToken[9];
	char		t_key[4];
	char		t_keyName[8];
	char		t_kmsKeyArn[10];
	char		t_kmsKeyIdentifier[17];
	char		t_lakeFormationConfiguration[27];
	char		t_lakehouseProperties[20];
	char		t_lambdaExecutionRoleArn[23];
	char		t_lambdaFunctionArn[18];
	char		t_lastConnectionValidationTime[29];
	char		t_lastDeployment[15];
	char		t_lastName[9];
	char		t_lastRunAssetCount[18];
	char		t_lastRunAt[10];
	char		t_lastRunErrorMessage[20];
	char		t_lastRunStatus[14];
	char		t_lastUpdatedAt[14];
	char		t_lastUpdatedBy[14];
	char		t_lastUpdatedTime[16];
	char		t_lastUpdatedTimestamp[21];
	char		t_latestTimeSeriesDataPointForms[31];
	char		t_latestTimeSeriesDataPointFormsOutput[37];
	char		t_lessThan[9];
	char		t_lessThanOrEqualTo[18];
	char		t_like[5];
	char		t_lineageJobId[13];
	char		t_lineageNode[12];
	char		t_lineageNodeTypeItem[20];
	char		t_lineageRunDetails[18];
	char		t_lineageSummary[15];
	char		t_lineageSync[12];
	char		t_listing[8];
	char		t_listingCreatedBy[17];
	char		t_listingId[10];
	char		t_listingRevision[16];
	char		t_listingStatus[14];
	char		t_listingUpdatedBy[17];
	char		t_livyEndpoint[13];
	char		t_locationRegistrationExcludeS3Locations[39];
	char		t_locationRegistrationRole[25];
	char		t_lockExpiresAt[14];
	char		t_lockedAt[9];
	char		t_lockedBy[9];
	char		t_logUri[7];
	char		t_longDescription[16];
	char		t_manageAccessRole[17];
	char		t_manageAccessRoleArn[20];
	char		t_managed[8];
	char		t_managedAccountId[17];
	char		t_managedEndpointArn[19];
	char		t_managedEndpointCredentials[27];
	char		t_match[6];
	char		t_matchCriteria[14];
	char		t_matchOffsets[13];
	char		t_matchRationale[15];
	char		t_maxPathLength[14];
	char		t_maxResults[11];
	char		t_member[7];
	char		t_memberDetails[14];
	char		t_members[8];
	char		t_membershipAssignments[22];
	char		t_message[8];
	char		t_messages[9];
	char		t_metadata[9];
	char		t_metadataFormEnforcementDetail[30];
	char		t_metadataForms[14];
	char		t_metadataFormsSummary[21];
	char		t_mlflowProperties[17];
	char		t_model[6];
	char		t_mwaaEnvironmentName[20];
	char		t_name[5];
	char		t_namespace[10];
	char		t_networkAccessType[18];
	char		t_networkConfiguration[21];
	char		t_newOwner[9];
	char		t_nextToken[10];
	char		t_nodes[6];
	char		t_notEqualTo[11];
	char		t_notIn[6];
	char		t_notLike[8];
	char		t_notebookId[11];
	char		t_notebookIdentifier[19];
	char		t_notificationConfiguration[26];
	char		t_notifications[14];
	char		t_notifyOn[9];
	char		t_numQueriesFailed[17];
	char		t_numberOfWorkers[16];
	char		t_oAuth2ClientApplication[24];
	char		t_oAuth2Credentials[18];
	char		t_oAuth2GrantType[16];
	char		t_oAuth2Properties[17];
	char		t_openLineageRunEventSummary[27];
	char		t_operator[9];
	char		t_or[3];
	char		t_orchestrator[13];
	char		t_order[6];
	char		t_originDomainId[15];
	char		t_originProjectId[16];
	char		t_outputLocation[15];
	char		t_outputs[8];
	char		t_overallDeploymentStatus[24];
	char		t_overrideDomainUnitOwners[25];
	char		t_overrideProjectOwners[22];
	char		t_owner[6];
	char		t_ownerProjectId[15];
	char		t_ownerProjectName[17];
	char		t_owners[7];
	char		t_owningGroupId[14];
	char		t_owningIamPrincipalArn[22];
	char		t_owningProjectId[16];
	char		t_owningProjectIdentifier[24];
	char		t_owningUserId[13];
	char		t_packageConfig[14];
	char		t_packageManager[15];
	char		t_packageSpecification[21];
	char		t_parameterOverrides[19];
	char		t_parameters[11];
	char		t_parentDomainUnitId[19];
	char		t_parentDomainUnitIdentifier[27];
	char		t_password[9];
	char		t_permissions[12];
	char		t_physicalConnectionRequirements[31];
	char		t_physicalEndpoints[18];
	char		t_policy[7];
	char		t_policyType[11];
	char		t_port[5];
	char		t_portalUrl[10];
	char		t_predictionChoice[17];
	char		t_predictionChoices[18];
	char		t_predictionConfiguration[24];
	char		t_predictionTarget[17];
	char		t_prefix[7];
	char		t_principal[10];
	char		t_principalArn[13];
	char		t_principalId[12];
	char		t_processingStatus[17];
	char		t_productListing[15];
	char		t_profileArn[11];
	char		t_project[8];
	char		t_projectCategory[16];
	char		t_projectDesignation[19];
	char		t_projectExecutionRole[21];
	char		t_projectGrantFilter[19];
	char		t_projectId[10];
	char		t_projectIdentifier[18];
	char		t_projectIds[11];
	char		t_projectProfileId[17];
	char		t_projectProfileVersion[22];
	char		t_projectProfiles[16];
	char		t_projectResourceTags[20];
	char		t_projectResourceTagsDescription[31];
	char		t_projectS3Path[14];
	char		t_projectStatus[14];
	char		t_properties[11];
	char		t_props[6];
	char		t_protocol[9];
	char		t_provider[9];
	char		t_provisionedResources[21];
	char		t_provisioningConfigurations[27];
	char		t_provisioningProperties[23];
	char		t_provisioningRoleArn[20];
	char		t_publishOnImport[16];
	char		t_pythonProperties[17];
	char		t_pythonVirtualEnv[17];
	char		t_queryEndTime[13];
	char		t_queryStartTime[15];
	char		t_readOnlyFormsOutput[20];
	char		t_recommendation[15];
	char		t_redirectUri[12];
	char		t_redshiftClusterSource[22];
	char		t_redshiftCredentialConfiguration[32];
	char		t_redshiftProperties[19];
	char		t_redshiftRunConfiguration[25];
	char		t_redshiftSelfGrantStatus[24];
	char		t_redshiftServerlessSource[25];
	char		t_redshiftStorage[16];
	char		t_redshiftTempDir[16];
	char		t_refreshToken[13];
	char		t_region[7];
	char		t_regionName[11];
	char		t_regionNamePath[15];
	char		t_regionalParameters[19];
	char		t_registerS3AccessGrantLocation[30];
	char		t_rejectChoices[14];
	char		t_rejectRule[11];
	char		t_relationDirection[18];
	char		t_relationPattern[16];
	char		t_relationType[13];
	char		t_relationalFilterConfigurations[31];
	char		t_repository[11];
	char		t_repositoryId[13];
	char		t_requestReason[14];
	char		t_required[9];
	char		t_requiredGlossaryTermIds[24];
	char		t_requiredMetadataForms[22];
	char		t_resolutionStrategy[19];
	char		t_resolvedParameters[19];
	char		t_resource[9];
	char		t_resourceArn[12];
	char		t_resourceConfigurations[23];
	char		t_resourceTags[13];
	char		t_retainPermissions[18];
	char		t_retainPermissionsOnRevokeFailure[33];
	char		t_reviewerId[11];
	char		t_revision[9];
	char		t_role[5];
	char		t_roleArn[8];
	char		t_rolePrincipalArn[17];
	char		t_rolePrincipalId[16];
	char		t_rootDomainUnitId[17];
	char		t_rowConfiguration[17];
	char		t_rowFilter[10];
	char		t_rule[5];
	char		t_ruleAction[11];
	char		t_ruleType[9];
	char		t_runId[6];
	char		t_runMode[8];
	char		t_runStatisticsForAssets[23];
	char		t_runTimeoutInMinutes[20];
	char		t_runtimeRole[12];
	char		t_s3[3];
	char		t_s3AccessGrantLocationId[24];
	char		t_s3Files[8];
	char		t_s3Properties[13];
	char		t_s3TableBucketArn[17];
	char		t_s3Uri[6];
	char		t_sageMakerRunConfiguration[26];
	char		t_schedule[9];
	char		t_scheduleId[11];
	char		t_scheduleIdentifier[19];
	char		t_schemaName[11];
	char		t_scope[6];
	char		t_scopeName[10];
	char		t_searchIn[9];
	char		t_searchScope[12];
	char		t_searchText[11];
	char		t_secretAccessKey[16];
	char		t_secretArn[10];
	char		t_secretManagerArn[17];
	char		t_securityGroupId[16];
	char		t_securityGroupIdList[20];
	char		t_securityGroupIds[17];
	char		t_selectionMode[14];
	char		t_selfGrantStatus[16];
	char		t_selfGrantStatusDetails[23];
	char		t_sensitive[10];
	char		t_serviceRole[12];
	char		t_sessionName[12];
	char		t_sessionToken[13];
	char		t_shortDescription[17];
	char		t_singleSignOn[13];
	char		t_skipDeletionCheck[18];
	char		t_skipped[8];
	char		t_smithy[7];
	char		t_snowflakeProperties[20];
	char		t_snowflakeRole[14];
	char		t_sort[5];
	char		t_sortBy[7];
	char		t_sortOrder[10];
	char		t_source[7];
	char		t_sourceAccountPoolId[20];
	char		t_sourceIdentifier[17];
	char		t_sourceLocation[15];
	char		t_sparkEmrProperties[19];
	char		t_sparkGlueProperties[20];
	char		t_sparkProperties[16];
	char		t_specificAssetTypes[19];
	char		t_specificProjects[17];
	char		t_sqlQueryRunDetails[19];
	char		t_sseAlgorithm[13];
	char		t_ssmPath[8];
	char		t_sso[4];
	char		t_stage[6];
	char		t_startOffset[12];
	char		t_startTime[10];
	char		t_startTimeoutMinutes[20];
	char		t_startedAt[10];
	char		t_status[7];
	char		t_statusReason[13];
	char		t_stoppedAt[10];
	char		t_storage[8];
	char		t_storageConfiguration[21];
	char		t_subject[8];
	char		t_subjects[9];
	char		t_subnetId[9];
	char		t_subnetIdList[13];
	char		t_subnetIds[10];
	char		t_subscribedListing[18];
	char		t_subscribedListingId[20];
	char		t_subscribedListings[19];
	char		t_subscribedPrincipal[20];
	char		t_subscribedPrincipals[21];
	char		t_subscriptionGrantCreationMode[30];
	char		t_subscriptionId[15];
	char		t_subscriptionRequestId[22];
	char		t_subscriptionRequestIdentifier[30];
	char		t_subscriptionTargetConfig[25];
	char		t_subscriptionTargetId[21];
	char		t_subscriptionTargetIdentifier[29];
	char		t_successfullyDeletedProjectCount[32];
	char		t_supportedRegions[17];
	char		t_tagKeys[8];
	char		t_tags[5];
	char		t_target[7];
	char		t_targetIdentifier[17];
	char		t_targetName[11];
	char		t_targetType[11];
	char		t_taskStatus[11];
	char		t_technicalDescription[21];
	char		t_technicalName[14];
	char		t_templateUrl[12];
	char		t_termRelations[14];
	char		t_text[5];
	char		t_textMatches[12];
	char		t_threshold[10];
	char		t_timeoutConfiguration[21];
	char		t_timestamp[10];
	char		t_timestampAfter[15];
	char		t_timestampBefore[16];
	char		t_timestampGTE[13];
	char		t_timestampLTE[13];
	char		t_timezone[9];
	char		t_title[6];
	char		t_token[6];
	char		t_tokenUrl[9];
	char		t_tokenUrlParametersMap[22];
	char		t_topic[6];
	char		t_totalMatchCount[16];
	char		t_totalQueriesProcessed[22];
	char		t_trackingAssets[15];
	char		t_trackingServerArn[18];
	char		t_triggerSource[14];
	char		t_trustedCertificatesS3Uri[25];
	char		t_type[5];
	char		t_typeIdentifier[15];
	char		t_typeName[9];
	char		t_typeRevision[13];
	char		t_typeStats[10];
	char		t_types[6];
	char		t_unchanged[10];
	char		t_updated[8];
	char		t_updatedAt[10];
	char		t_updatedBy[10];
	char		t_upstreamLineageNodeIds[23];
	char		t_upstreamNodes[14];
	char		t_uri[4];
	char		t_usageRestrictions[18];
	char		t_useAssetType[13];
	char		t_user[5];
	char		t_userAssignment[15];
	char		t_userCreatedDesignationId[25];
	char		t_userId[7];
	char		t_userIdentifier[15];
	char		t_userManagedClientApplicationClientId[37];
	char		t_userManagedClientApplicationClientSecret[41];
	char		t_userName[9];
	char		t_userParameters[15];
	char		t_userProfileId[14];
	char		t_userType[9];
	char		t_username[9];
	char		t_usernameAttribute[18];
	char		t_usernamePassword[17];
	char		t_validateCredentials[20];
	char		t_validateForComputeEnvironments[31];
	char		t_value[6];
	char		t_values[7];
	char		t_vpcId[6];
	char		t_vpcProperties[14];
	char		t_withSecret[11];
	char		t_workerType[11];
	char		t_workflowsMwaaProperties[24];
	char		t_workflowsServerlessProperties[30];
	char		t_workgroupName[14];
}			pool = {
	"Client-Token",
	"Created-At",
	"Created-By",
	"Domain-Id",
	"Event-Time",
	"Id",
	"Processing-Status",
	"/",
	"/accept",
	"/accept-predictions",
	"/account-pools",
	"/account-pools/",
	"/accounts",
	"/actions",
	"/actions/",
	"/activities",
	"/addGrant",
	"/addOwner",
	"/asset-types",
	"/asset-types/",
	"/assets",
	"/assets/",
	"/associate-governed-terms",
	"/attributes-metadata",
	"/cancel",
	"/connections",
	"/connections/",
	"/createMembership",
	"/credentials",
	"/data-export-configuration",
	"/data-products",
	"/data-products/",
	"/data-source-runs/",
	"/data-sources",
	"/data-sources/",
	"/deleteMembership",
	"/designations",
	"/designations/",
	"/disassociate-governed-terms",
	"/domain-units",
	"/domain-units/",
	"/entities/",
	"/environment-blueprint-configurations",
	"/environment-blueprint-configurations/",
	"/environment-blueprints",
	"/environment-blueprints/",
	"/environment-profiles",
	"/environment-profiles/",
	"/environments",
	"/environments/",
	"/filters",
	"/filters/",
	"/form-types",
	"/form-types/",
	"/get-portal-login-url",
	"/glossaries",
	"/glossaries/",
	"/glossary-terms",
	"/glossary-terms/",
	"/grants",
	"/graph/query",
	"/group-profiles",
	"/group-profiles/",
	"/history",
	"/jobRuns/",
	"/jobs/",
	"/lineage/events",
	"/lineage/events/",
	"/lineage/nodes/",
	"/list-rules/",
	"/listings/",
	"/listings/change-set",
	"/listings/search",
	"/memberships",
	"/metadata-generation-runs",
	"/metadata-generation-runs/",
	"/notebook-exports",
	"/notebook-exports/",
	"/notebook-imports",
	"/notebook-runs",
	"/notebook-runs/",
	"/notebook-syncs",
	"/notebooks",
	"/notebooks/",
	"/notifications",
	"/owners",
	"/policies/managed/",
	"/project-profiles",
	"/project-profiles/",
	"/projects",
	"/projects/",
	"/reject",
	"/reject-predictions",
	"/removeGrant",
	"/removeOwner",
	"/revisions",
	"/revoke",
	"/roles/",
	"/root-domain-unit-owner",
	"/rules",
	"/rules/",
	"/runs",
	"/search",
	"/search-group-profiles",
	"/search-user-profiles",
	"/status/",
	"/stop",
	"/subscription-grants",
	"/subscription-grants/",
	"/subscription-requests",
	"/subscription-requests/",
	"/subscription-targets",
	"/subscription-targets/",
	"/subscriptions",
	"/subscriptions/",
	"/tags/",
	"/time-series-data-points",
	"/time-series-data-points/",
	"/types-search",
	"/user-profiles",
	"/user-profiles/",
	"/v2/domains",
	"/v2/domains/",
	"aWSManagedClientApplicationReference",
	"acceptChoices",
	"acceptRule",
	"accessKeyId",
	"accessRole",
	"accessToken",
	"accountId",
	"accountPools",
	"accountSource",
	"accounts",
	"action",
	"actionLink",
	"addToProjectMemberPool",
	"added",
	"additionalArgs",
	"additionalAttributes",
	"afterTimestamp",
	"aggregates",
	"aggregations",
	"allDomainUnitsGrantFilter",
	"allUsersGrantFilter",
	"allowCustomProjectResourceTags",
	"allowUserProvidedConfigurations",
	"amazonQProperties",
	"ancestorDomainUnitIds",
	"and",
	"applicableAssetTypes",
	"approverProjectId",
	"arn",
	"assetFormsInput",
	"assetFormsOutput",
	"assetId",
	"assetIdentifier",
	"assetItem",
	"assetListing",
	"assetListings",
	"assetPermissions",
	"assetRevision",
	"assetScope",
	"assetScopes",
	"assetTargetNames",
	"assetType",
	"assetTypeItem",
	"assetTypes",
	"assets",
	"athenaProperties",
	"attribute",
	"attributeIdentifier",
	"attributeIdentifiers",
	"attributes",
	"auth",
	"authCodeUrl",
	"authMode",
	"authenticationConfiguration",
	"authenticationType",
	"authorizationCode",
	"authorizationCodeProperties",
	"authorizedPrincipals",
	"autoImportDataQualityResult",
	"availabilityZone",
	"awsAccount",
	"awsAccountId",
	"awsAccountIdPath",
	"awsAccountName",
	"awsAccountRegion",
	"awsConsoleLink",
	"awsLocation",
	"awsRegion",
	"basicAuthenticationCredentials",
	"beforeTimestamp",
	"blueprintCategory",
	"blueprintVersion",
	"branch",
	"bucket",
	"businessNameGeneration",
	"cascadeDelete",
	"catalogName",
	"cellOrder",
	"certificateData",
	"classification",
	"classifies",
	"clientToken",
	"cloudFormation",
	"clusterArn",
	"clusterName",
	"code",
	"codeConnectionArn",
	"columnConfiguration",
	"columnName",
	"commitHash",
	"commitMessage",
	"committedAt",
	"compatibleComputeEnvironments",
	"completedAt",
	"computeArn",
	"computeConfiguration",
	"computeId",
	"configuration",
	"configurationParameters",
	"configurations",
	"connection",
	"connectionCredentials",
	"connectionId",
	"connectionIdentifier",
	"connectionProperties",
	"connectionSchemaVersion",
	"connectionType",
	"connectivityProperties",
	"connectivityPropertiesPatch",
	"content",
	"contentSummary",
	"count",
	"createAssetType",
	"createDomainUnit",
	"createEnvironment",
	"createEnvironmentFromBlueprint",
	"createEnvironmentProfile",
	"createFormType",
	"createGlossary",
	"createProject",
	"createProjectFromProjectProfile",
	"createdAt",
	"createdBy",
	"creationTime",
	"creationTimestamp",
	"credentials",
	"credentialsExpiration",
	"currentOwner",
	"customAccountPoolHandler",
	"customAuthenticationCredentials",
	"dataAccessRole",
	"dataAssetId",
	"dataAssetStatus",
	"dataProduct",
	"dataProductId",
	"dataProductItem",
	"dataProductListing",
	"dataProductRevision",
	"dataSourceConfigurationSnapshot",
	"dataSourceId",
	"dataSourceIdentifier",
	"dataSourceRunId",
	"database",
	"databaseName",
	"decisionComment",
	"defaultBranch",
	"defaultValue",
	"delegateCreateEnvironmentProfile",
	"deleteProgress",
	"deletionProtection",
	"deploymentId",
	"deploymentMode",
	"deploymentOrder",
	"deploymentProperties",
	"deploymentStatus",
	"deploymentType",
	"description",
	"designation",
	"designationType",
	"detail",
	"details",
	"direction",
	"displayValue",
	"domainExecutionRole",
	"domainId",
	"domainIdentifier",
	"domainUnit",
	"domainUnitDesignation",
	"domainUnitFilter",
	"domainUnitGrantFilter",
	"domainUnitId",
	"domainUnitIdentifier",
	"domainUnitTarget",
	"domainVersion",
	"downstreamLineageNodeIds",
	"downstreamNodes",
	"editedValue",
	"effectiveColumnNames",
	"effectiveRowFilter",
	"enableBusinessNameGeneration",
	"enableExport",
	"enableSetting",
	"enableTrustedIdentityPropagation",
	"enabled",
	"enabledRegions",
	"encryptionConfiguration",
	"endOffset",
	"endTime",
	"endTimeoutMinutes",
	"endedAt",
	"entityId",
	"entityIdentifier",
	"entityPattern",
	"entityRevision",
	"entityType",
	"environmentAccountIdentifier",
	"environmentAccountRegion",
	"environmentActions",
	"environmentBlueprintId",
	"environmentBlueprintIdentifier",
	"environmentConfiguration",
	"environmentConfigurationId",
	"environmentConfigurationName",
	"environmentConfigurations",
	"environmentDeploymentDetails",
	"environmentFailureReasons",
	"environmentId",
	"environmentIdentifier",
	"environmentParameters",
	"environmentProfileId",
	"environmentProfileIdentifier",
	"environmentResolvedAccount",
	"environmentRoleArn",
	"environmentRolePermissionBoundary",
	"environmentUserRole",
	"environmentVersion",
	"equalTo",
	"error",
	"errorDetail",
	"errorMessage",
	"errorMessages",
	"errorType",
	"errors",
	"event",
	"eventId",
	"eventStatus",
	"eventSummary",
	"eventTime",
	"eventTimestamp",
	"eventTimestampGTE",
	"eventTimestampLTE",
	"eventType",
	"existingSubscriptionId",
	"expiration",
	"expression",
	"externalIdentifier",
	"failed",
	"failureCause",
	"failureReason",
	"failureReasons",
	"failureTimestamp",
	"fieldType",
	"fileFormat",
	"fileList",
	"fileName",
	"filter",
	"filterExpressions",
	"filterIds",
	"filters",
	"firstName",
	"firstRevisionCreatedAt",
	"firstRevisionCreatedBy",
	"form",
	"formName",
	"formNames",
	"formTypeIdentifier",
	"formTypeItem",
	"forms",
	"formsInput",
	"formsOutput",
	"gitMetadata",
	"gitProperties",
	"globalParameters",
	"glossaryId",
	"glossaryIdentifier",
	"glossaryItem",
	"glossaryTermEnforcementDetail",
	"glossaryTermItem",
	"glossaryTerms",
	"glueConnection",
	"glueConnectionInput",
	"glueConnectionName",
	"glueConnectionNames",
	"glueLineageSyncEnabled",
	"glueProperties",
	"glueRunConfiguration",
	"glueSelfGrantStatus",
	"glueVersion",
	"governanceType",
	"governedGlossaryTerms",
	"grantId",
	"grantIdentifier",
	"grantList",
	"grantedEntity",
	"grantedTimestamp",
	"greaterThan",
	"greaterThanOrEqualTo",
	"group",
	"groupId",
	"groupIdentifier",
	"groupName",
	"groupProfileId",
	"groupType",
	"host",
	"hyperPodProperties",
	"iam",
	"iamConnectionId",
	"iamProperties",
	"id",
	"idcInstanceArn",
	"identifier",
	"identityMapping",
	"idleTimeout",
	"imageVersion",
	"importStatus",
	"imports",
	"in",
	"includeCascaded",
	"includeChildDomainUnits",
	"includedColumnNames",
	"inputs",
	"instanceProfileArn",
	"instanceType",
	"intValue",
	"isA",
	"isDeploymentComplete",
	"isEditable",
	"isEnabled",
	"isExportEnabled",
	"isNotNull",
	"isNull",
	"isOptional",
	"isProvisionedSecret",
	"isUpdateSupported",
	"isValueEditable",
	"item",
	"itemType",
	"items",
	"javaVirtualEnv",
	"jdbcIamUrl",
	"jdbcUrl",
	"job",
	"jobId",
	"jobIdentifier",
	"jobType",
	"jwtToken",
	"key",
	"keyName",
	"kmsKeyArn",
	"kmsKeyIdentifier",
	"lakeFormationConfiguration",
	"lakehouseProperties",
	"lambdaExecutionRoleArn",
	"lambdaFunctionArn",
	"lastConnectionValidationTime",
	"lastDeployment",
	"lastName",
	"lastRunAssetCount",
	"lastRunAt",
	"lastRunErrorMessage",
	"lastRunStatus",
	"lastUpdatedAt",
	"lastUpdatedBy",
	"lastUpdatedTime",
	"lastUpdatedTimestamp",
	"latestTimeSeriesDataPointForms",
	"latestTimeSeriesDataPointFormsOutput",
	"lessThan",
	"lessThanOrEqualTo",
	"like",
	"lineageJobId",
	"lineageNode",
	"lineageNodeTypeItem",
	"lineageRunDetails",
	"lineageSummary",
	"lineageSync",
	"listing",
	"listingCreatedBy",
	"listingId",
	"listingRevision",
	"listingStatus",
	"listingUpdatedBy",
	"livyEndpoint",
	"locationRegistrationExcludeS3Locations",
	"locationRegistrationRole",
	"lockExpiresAt",
	"lockedAt",
	"lockedBy",
	"logUri",
	"longDescription",
	"manageAccessRole",
	"manageAccessRoleArn",
	"managed",
	"managedAccountId",
	"managedEndpointArn",
	"managedEndpointCredentials",
	"match",
	"matchCriteria",
	"matchOffsets",
	"matchRationale",
	"maxPathLength",
	"maxResults",
	"member",
	"memberDetails",
	"members",
	"membershipAssignments",
	"message",
	"messages",
	"metadata",
	"metadataFormEnforcementDetail",
	"metadataForms",
	"metadataFormsSummary",
	"mlflowProperties",
	"model",
	"mwaaEnvironmentName",
	"name",
	"namespace",
	"networkAccessType",
	"networkConfiguration",
	"newOwner",
	"nextToken",
	"nodes",
	"notEqualTo",
	"notIn",
	"notLike",
	"notebookId",
	"notebookIdentifier",
	"notificationConfiguration",
	"notifications",
	"notifyOn",
	"numQueriesFailed",
	"numberOfWorkers",
	"oAuth2ClientApplication",
	"oAuth2Credentials",
	"oAuth2GrantType",
	"oAuth2Properties",
	"openLineageRunEventSummary",
	"operator",
	"or",
	"orchestrator",
	"order",
	"originDomainId",
	"originProjectId",
	"outputLocation",
	"outputs",
	"overallDeploymentStatus",
	"overrideDomainUnitOwners",
	"overrideProjectOwners",
	"owner",
	"ownerProjectId",
	"ownerProjectName",
	"owners",
	"owningGroupId",
	"owningIamPrincipalArn",
	"owningProjectId",
	"owningProjectIdentifier",
	"owningUserId",
	"packageConfig",
	"packageManager",
	"packageSpecification",
	"parameterOverrides",
	"parameters",
	"parentDomainUnitId",
	"parentDomainUnitIdentifier",
	"password",
	"permissions",
	"physicalConnectionRequirements",
	"physicalEndpoints",
	"policy",
	"policyType",
	"port",
	"portalUrl",
	"predictionChoice",
	"predictionChoices",
	"predictionConfiguration",
	"predictionTarget",
	"prefix",
	"principal",
	"principalArn",
	"principalId",
	"processingStatus",
	"productListing",
	"profileArn",
	"project",
	"projectCategory",
	"projectDesignation",
	"projectExecutionRole",
	"projectGrantFilter",
	"projectId",
	"projectIdentifier",
	"projectIds",
	"projectProfileId",
	"projectProfileVersion",
	"projectProfiles",
	"projectResourceTags",
	"projectResourceTagsDescription",
	"projectS3Path",
	"projectStatus",
	"properties",
	"props",
	"protocol",
	"provider",
	"provisionedResources",
	"provisioningConfigurations",
	"provisioningProperties",
	"provisioningRoleArn",
	"publishOnImport",
	"pythonProperties",
	"pythonVirtualEnv",
	"queryEndTime",
	"queryStartTime",
	"readOnlyFormsOutput",
	"recommendation",
	"redirectUri",
	"redshiftClusterSource",
	"redshiftCredentialConfiguration",
	"redshiftProperties",
	"redshiftRunConfiguration",
	"redshiftSelfGrantStatus",
	"redshiftServerlessSource",
	"redshiftStorage",
	"redshiftTempDir",
	"refreshToken",
	"region",
	"regionName",
	"regionNamePath",
	"regionalParameters",
	"registerS3AccessGrantLocation",
	"rejectChoices",
	"rejectRule",
	"relationDirection",
	"relationPattern",
	"relationType",
	"relationalFilterConfigurations",
	"repository",
	"repositoryId",
	"requestReason",
	"required",
	"requiredGlossaryTermIds",
	"requiredMetadataForms",
	"resolutionStrategy",
	"resolvedParameters",
	"resource",
	"resourceArn",
	"resourceConfigurations",
	"resourceTags",
	"retainPermissions",
	"retainPermissionsOnRevokeFailure",
	"reviewerId",
	"revision",
	"role",
	"roleArn",
	"rolePrincipalArn",
	"rolePrincipalId",
	"rootDomainUnitId",
	"rowConfiguration",
	"rowFilter",
	"rule",
	"ruleAction",
	"ruleType",
	"runId",
	"runMode",
	"runStatisticsForAssets",
	"runTimeoutInMinutes",
	"runtimeRole",
	"s3",
	"s3AccessGrantLocationId",
	"s3Files",
	"s3Properties",
	"s3TableBucketArn",
	"s3Uri",
	"sageMakerRunConfiguration",
	"schedule",
	"scheduleId",
	"scheduleIdentifier",
	"schemaName",
	"scope",
	"scopeName",
	"searchIn",
	"searchScope",
	"searchText",
	"secretAccessKey",
	"secretArn",
	"secretManagerArn",
	"securityGroupId",
	"securityGroupIdList",
	"securityGroupIds",
	"selectionMode",
	"selfGrantStatus",
	"selfGrantStatusDetails",
	"sensitive",
	"serviceRole",
	"sessionName",
	"sessionToken",
	"shortDescription",
	"singleSignOn",
	"skipDeletionCheck",
	"skipped",
	"smithy",
	"snowflakeProperties",
	"snowflakeRole",
	"sort",
	"sortBy",
	"sortOrder",
	"source",
	"sourceAccountPoolId",
	"sourceIdentifier",
	"sourceLocation",
	"sparkEmrProperties",
	"sparkGlueProperties",
	"sparkProperties",
	"specificAssetTypes",
	"specificProjects",
	"sqlQueryRunDetails",
	"sseAlgorithm",
	"ssmPath",
	"sso",
	"stage",
	"startOffset",
	"startTime",
	"startTimeoutMinutes",
	"startedAt",
	"status",
	"statusReason",
	"stoppedAt",
	"storage",
	"storageConfiguration",
	"subject",
	"subjects",
	"subnetId",
	"subnetIdList",
	"subnetIds",
	"subscribedListing",
	"subscribedListingId",
	"subscribedListings",
	"subscribedPrincipal",
	"subscribedPrincipals",
	"subscriptionGrantCreationMode",
	"subscriptionId",
	"subscriptionRequestId",
	"subscriptionRequestIdentifier",
	"subscriptionTargetConfig",
	"subscriptionTargetId",
	"subscriptionTargetIdentifier",
	"successfullyDeletedProjectCount",
	"supportedRegions",
	"tagKeys",
	"tags",
	"target",
	"targetIdentifier",
	"targetName",
	"targetType",
	"taskStatus",
	"technicalDescription",
	"technicalName",
	"templateUrl",
	"termRelations",
	"text",
	"textMatches",
	"threshold",
	"timeoutConfiguration",
	"timestamp",
	"timestampAfter",
	"timestampBefore",
	"timestampGTE",
	"timestampLTE",
	"timezone",
	"title",
	"token",
	"tokenUrl",
	"tokenUrlParametersMap",
	"topic",
	"totalMatchCount",
	"totalQueriesProcessed",
	"trackingAssets",
	"trackingServerArn",
	"triggerSource",
	"trustedCertificatesS3Uri",
	"type",
	"typeIdentifier",
	"typeName",
	"typeRevision",
	"typeStats",
	"types",
	"unchanged",
	"updated",
	"updatedAt",
	"updatedBy",
	"upstreamLineageNodeIds",
	"upstreamNodes",
	"uri",
	"usageRestrictions",
	"useAssetType",
	"user",
	"userAssignment",
	"userCreatedDesignationId",
	"userId",
	"userIdentifier",
	"userManagedClientApplicationClientId",
	"userManagedClientApplicationClientSecret",
	"userName",
	"userParameters",
	"userProfileId",
	"userType",
	"username",
	"usernameAttribute",
	"usernamePassword",
	"validateCredentials",
	"validateForComputeEnvironments",
	"value",
	"values",
	"vpcId",
	"vpcProperties",
	"withSecret",
	"workerType",
	"workflowsMwaaProperties",
	"workflowsServerlessProperties",
	"workgroupName",
};

static const struct members
{
	DzMember	AcceptChoice[3];
	DzMember	AcceptPredictionsInput[6];
	DzMember	AcceptPredictionsOutput[3];
	DzMember	AcceptRule[2];
	DzMember	AcceptSubscriptionRequestInput[5];
	DzMember	AcceptSubscriptionRequestOutput[14];
	DzMember	AcceptedAssetScope[2];
	DzMember	AccountInfo[3];
	DzMember	AccountPoolSummary[7];
	DzMember	AccountSource[2];
	DzMember	ActionParameters[1];
	DzMember	AddEntityOwnerInput[5];
	DzMember	AddPolicyGrantInput[7];
	DzMember	AddPolicyGrantOutput[1];
	DzMember	AddToProjectMemberPoolPolicyGrantDetail[1];
	DzMember	AdditionalAttributes[1];
	DzMember	AggregationListItem[2];
	DzMember	AggregationOutput[3];
	DzMember	AggregationOutputItem[3];
	DzMember	AmazonQPropertiesInput[3];
	DzMember	AmazonQPropertiesOutput[3];
	DzMember	AmazonQPropertiesPatch[3];
	DzMember	AssetFilterConfiguration[2];
	DzMember	AssetFilterSummary[10];
	DzMember	AssetInDataProductListingItem[3];
	DzMember	AssetItem[15];
	DzMember	AssetItemAdditionalAttributes[4];
	DzMember	AssetListing[9];
	DzMember	AssetListingDetails[2];
	DzMember	AssetListingItem[14];
	DzMember	AssetListingItemAdditionalAttributes[3];
	DzMember	AssetPermission[2];
	DzMember	AssetRevision[5];
	DzMember	AssetScope[5];
	DzMember	AssetTargetNameMap[2];
	DzMember	AssetTypeItem[12];
	DzMember	AssetTypesForRule[2];
	DzMember	AssociateEnvironmentRoleInput[3];
	DzMember	AssociateGovernedTermsInput[4];
	DzMember	AthenaPropertiesInput[1];
	DzMember	AthenaPropertiesOutput[1];
	DzMember	AthenaPropertiesPatch[1];
	DzMember	AttributeError[3];
	DzMember	AttributeInput[2];
	DzMember	AuthenticationConfiguration[3];
	DzMember	AuthenticationConfigurationInput[6];
	DzMember	AuthenticationConfigurationPatch[2];
	DzMember	AuthorizationCodeProperties[2];
	DzMember	AwsAccount[2];
	DzMember	AwsConsoleLinkParameters[1];
	DzMember	AwsLocation[4];
	DzMember	BasicAuthenticationCredentials[2];
	DzMember	BatchGetAttributeOutput[2];
	DzMember	BatchGetAttributesMetadataInput[5];
	DzMember	BatchGetAttributesMetadataOutput[2];
	DzMember	BatchPutAttributeOutput[1];
	DzMember	BatchPutAttributesMetadataInput[5];
	DzMember	BatchPutAttributesMetadataOutput[2];
	DzMember	BusinessNameGenerationConfiguration[1];
	DzMember	CancelMetadataGenerationRunInput[2];
	DzMember	CancelSubscriptionInput[2];
	DzMember	CancelSubscriptionOutput[11];
	DzMember	CloudFormationProperties[1];
	DzMember	ColumnFilterConfiguration[1];
	DzMember	ComputeConfig[2];
	DzMember	ConfigurableActionParameter[2];
	DzMember	ConfigurableEnvironmentAction[3];
	DzMember	Configuration[2];
	DzMember	ConnectionCredentials[4];
	DzMember	ConnectionPropertiesInput[16];
	DzMember	ConnectionPropertiesOutput[16];
	DzMember	ConnectionPropertiesPatch[12];
	DzMember	ConnectionSummary[11];
	DzMember	ConnectivityProperties[10];
	DzMember	ConnectivityPropertiesPatch[3];
	DzMember	CreateAccountPoolInput[5];
	DzMember	CreateAccountPoolOutput[11];
	DzMember	CreateAssetFilterInput[6];
	DzMember	CreateAssetFilterOutput[11];
	DzMember	CreateAssetInput[11];
	DzMember	CreateAssetOutput[20];
	DzMember	CreateAssetRevisionInput[9];
	DzMember	CreateAssetRevisionOutput[20];
	DzMember	CreateAssetTypeInput[5];
	DzMember	CreateAssetTypeOutput[12];
	DzMember	CreateAssetTypePolicyGrantDetail[1];
	DzMember	CreateConnectionInput[10];
	DzMember	CreateConnectionOutput[12];
	DzMember	CreateDataProductInput[8];
	DzMember	CreateDataProductOutput[14];
	DzMember	CreateDataProductRevisionInput[8];
	DzMember	CreateDataProductRevisionOutput[14];
	DzMember	CreateDataSourceInput[14];
	DzMember	CreateDataSourceOutput[21];
	DzMember	CreateDesignationInput[5];
	DzMember	CreateDesignationOutput[10];
	DzMember	CreateDomainInput[9];
	DzMember	CreateDomainOutput[13];
	DzMember	CreateDomainUnitInput[5];
	DzMember	CreateDomainUnitOutput[9];
	DzMember	CreateDomainUnitPolicyGrantDetail[1];
	DzMember	CreateEnvironmentActionInput[5];
	DzMember	CreateEnvironmentActionOutput[6];
	DzMember	CreateEnvironmentBlueprintInput[6];
	DzMember	CreateEnvironmentBlueprintOutput[11];
	DzMember	CreateEnvironmentInput[13];
	DzMember	CreateEnvironmentOutput[23];
	DzMember	CreateEnvironmentProfileInput[8];
	DzMember	CreateEnvironmentProfileOutput[12];
	DzMember	CreateEnvironmentProfilePolicyGrantDetail[1];
	DzMember	CreateFormTypeInput[6];
	DzMember	CreateFormTypeOutput[7];
	DzMember	CreateFormTypePolicyGrantDetail[1];
	DzMember	CreateGlossaryInput[7];
	DzMember	CreateGlossaryOutput[7];
	DzMember	CreateGlossaryPolicyGrantDetail[1];
	DzMember	CreateGlossaryTermInput[8];
	DzMember	CreateGlossaryTermOutput[9];
	DzMember	CreateGroupProfileInput[4];
	DzMember	CreateGroupProfileOutput[6];
	DzMember	CreateListingChangeSetInput[6];
	DzMember	CreateListingChangeSetOutput[3];
	DzMember	CreateNotebookInput[8];
	DzMember	CreateNotebookOutput[21];
	DzMember	CreateProjectFromProjectProfilePolicyGrantDetail[2];
	DzMember	CreateProjectInput[11];
	DzMember	CreateProjectMembershipInput[5];
	DzMember	CreateProjectOutput[16];
	DzMember	CreateProjectPolicyGrantDetail[1];
	DzMember	CreateProjectProfileInput[9];
	DzMember	CreateProjectProfileOutput[13];
	DzMember	CreateRuleInput[8];
	DzMember	CreateRuleOutput[11];
	DzMember	CreateSubscriptionGrantInput[6];
	DzMember	CreateSubscriptionGrantOutput[12];
	DzMember	CreateSubscriptionRequestInput[8];
	DzMember	CreateSubscriptionRequestOutput[14];
	DzMember	CreateSubscriptionTargetInput[11];
	DzMember	CreateSubscriptionTargetOutput[16];
	DzMember	CreateUserProfileInput[5];
	DzMember	CreateUserProfileOutput[5];
	DzMember	CustomAccountPoolHandler[2];
	DzMember	CustomParameter[7];
	DzMember	DataProductItem[4];
	DzMember	DataProductItemAdditionalAttributes[1];
	DzMember	DataProductListing[7];
	DzMember	DataProductListingItem[13];
	DzMember	DataProductListingItemAdditionalAttributes[2];
	DzMember	DataProductResultItem[11];
	DzMember	DataProductRevision[5];
	DzMember	DataSourceConfigurationInput[3];
	DzMember	DataSourceConfigurationOutput[3];
	DzMember	DataSourceErrorMessage[2];
	DzMember	DataSourceRunActivity[11];
	DzMember	DataSourceRunLineageSummary[1];
	DzMember	DataSourceRunSummary[12];
	DzMember	DataSourceSummary[16];
	DzMember	DeleteAccountPoolInput[2];
	DzMember	DeleteAssetFilterInput[3];
	DzMember	DeleteAssetInput[2];
	DzMember	DeleteAssetTypeInput[2];
	DzMember	DeleteConnectionInput[2];
	DzMember	DeleteConnectionOutput[1];
	DzMember	DeleteDataExportConfigurationInput[1];
	DzMember	DeleteDataProductInput[2];
	DzMember	DeleteDataSourceInput[4];
	DzMember	DeleteDataSourceOutput[22];
	DzMember	DeleteDesignationInput[2];
	DzMember	DeleteDomainInput[4];
	DzMember	DeleteDomainOutput[1];
	DzMember	DeleteDomainUnitInput[2];
	DzMember	DeleteEnvironmentActionInput[3];
	DzMember	DeleteEnvironmentBlueprintConfigurationInput[2];
	DzMember	DeleteEnvironmentBlueprintInput[2];
	DzMember	DeleteEnvironmentInput[2];
	DzMember	DeleteEnvironmentProfileInput[2];
	DzMember	DeleteFormTypeInput[2];
	DzMember	DeleteGlossaryInput[2];
	DzMember	DeleteGlossaryTermInput[2];
	DzMember	DeleteLineageEventInput[2];
	DzMember	DeleteLineageEventOutput[3];
	DzMember	DeleteListingInput[2];
	DzMember	DeleteNotebookInput[2];
	DzMember	DeleteProgress[1];
	DzMember	DeleteProjectInput[3];
	DzMember	DeleteProjectMembershipInput[3];
	DzMember	DeleteProjectProfileInput[2];
	DzMember	DeleteRuleInput[2];
	DzMember	DeleteSubscriptionGrantInput[2];
	DzMember	DeleteSubscriptionGrantOutput[12];
	DzMember	DeleteSubscriptionRequestInput[2];
	DzMember	DeleteSubscriptionTargetInput[3];
	DzMember	DeleteTimeSeriesDataPointsInput[5];
	DzMember	Deployment[6];
	DzMember	DeploymentProperties[2];
	DzMember	DesignationSummary[9];
	DzMember	DetailedGlossaryTerm[2];
	DzMember	DisassociateEnvironmentRoleInput[3];
	DzMember	DisassociateGovernedTermsInput[4];
	DzMember	DomainSummary[10];
	DzMember	DomainUnitFilterForProject[2];
	DzMember	DomainUnitGrantFilter[1];
	DzMember	DomainUnitGroupProperties[1];
	DzMember	DomainUnitOwnerProperties[2];
	DzMember	DomainUnitPolicyGrantPrincipal[3];
	DzMember	DomainUnitSummary[2];
	DzMember	DomainUnitTarget[2];
	DzMember	DomainUnitUserProperties[1];
	DzMember	EncryptionConfiguration[2];
	DzMember	EntityPattern[3];
	DzMember	EnvironmentActionSummary[6];
	DzMember	EnvironmentBlueprintConfigurationItem[12];
	DzMember	EnvironmentBlueprintSummary[8];
	DzMember	EnvironmentConfig[2];
	DzMember	EnvironmentConfiguration[10];
	DzMember	EnvironmentConfigurationParameter[3];
	DzMember	EnvironmentConfigurationParametersDetails[3];
	DzMember	EnvironmentConfigurationUserParameter[4];
	DzMember	EnvironmentDeploymentDetails[2];
	DzMember	EnvironmentError[2];
	DzMember	EnvironmentParameter[2];
	DzMember	EnvironmentProfileSummary[11];
	DzMember	EnvironmentResolvedAccount[3];
	DzMember	EnvironmentSummary[15];
	DzMember	EqualToExpression[2];
	DzMember	EventSummary[1];
	DzMember	FailureCause[1];
	DzMember	FailureReason[2];
	DzMember	Filter[4];
	DzMember	FilterClause[3];
	DzMember	FilterExpression[2];
	DzMember	FormEntryInput[3];
	DzMember	FormEntryOutput[3];
	DzMember	FormInput[4];
	DzMember	FormOutput[4];
	DzMember	FormTypeData[12];
	DzMember	GetAccountPoolInput[2];
	DzMember	GetAccountPoolOutput[11];
	DzMember	GetAssetFilterInput[3];
	DzMember	GetAssetFilterOutput[11];
	DzMember	GetAssetInput[3];
	DzMember	GetAssetOutput[19];
	DzMember	GetAssetTypeInput[3];
	DzMember	GetAssetTypeOutput[12];
	DzMember	GetConnectionInput[3];
	DzMember	GetConnectionOutput[14];
	DzMember	GetDataExportConfigurationInput[1];
	DzMember	GetDataExportConfigurationOutput[6];
	DzMember	GetDataProductInput[3];
	DzMember	GetDataProductOutput[14];
	DzMember	GetDataSourceInput[2];
	DzMember	GetDataSourceOutput[23];
	DzMember	GetDataSourceRunInput[2];
	DzMember	GetDataSourceRunOutput[14];
	DzMember	GetDesignationInput[2];
	DzMember	GetDesignationOutput[10];
	DzMember	GetDomainInput[1];
	DzMember	GetDomainOutput[17];
	DzMember	GetDomainUnitInput[2];
	DzMember	GetDomainUnitOutput[10];
	DzMember	GetEnvironmentActionInput[3];
	DzMember	GetEnvironmentActionOutput[6];
	DzMember	GetEnvironmentBlueprintConfigurationInput[2];
	DzMember	GetEnvironmentBlueprintConfigurationOutput[12];
	DzMember	GetEnvironmentBlueprintInput[2];
	DzMember	GetEnvironmentBlueprintOutput[11];
	DzMember	GetEnvironmentCredentialsInput[2];
	DzMember	GetEnvironmentCredentialsOutput[4];
	DzMember	GetEnvironmentInput[2];
	DzMember	GetEnvironmentOutput[23];
	DzMember	GetEnvironmentProfileInput[2];
	DzMember	GetEnvironmentProfileOutput[12];
	DzMember	GetFormTypeInput[3];
	DzMember	GetFormTypeOutput[12];
	DzMember	GetGlossaryInput[2];
	DzMember	GetGlossaryOutput[11];
	DzMember	GetGlossaryTermInput[2];
	DzMember	GetGlossaryTermOutput[13];
	DzMember	GetGroupProfileInput[2];
	DzMember	GetGroupProfileOutput[6];
	DzMember	GetIamPortalLoginUrlInput[1];
	DzMember	GetIamPortalLoginUrlOutput[2];
	DzMember	GetJobRunInput[2];
	DzMember	GetJobRunOutput[12];
	DzMember	GetLineageEventInput[2];
	DzMember	GetLineageEventOutput[7];
	DzMember	GetLineageNodeInput[3];
	DzMember	GetLineageNodeOutput[15];
	DzMember	GetListingInput[3];
	DzMember	GetListingOutput[11];
	DzMember	GetMetadataGenerationRunInput[3];
	DzMember	GetMetadataGenerationRunOutput[10];
	DzMember	GetNotebookExportInput[2];
	DzMember	GetNotebookExportOutput[11];
	DzMember	GetNotebookInput[2];
	DzMember	GetNotebookOutput[21];
	DzMember	GetNotebookRunInput[2];
	DzMember	GetNotebookRunOutput[23];
	DzMember	GetProjectInput[2];
	DzMember	GetProjectOutput[16];
	DzMember	GetProjectProfileInput[2];
	DzMember	GetProjectProfileOutput[13];
	DzMember	GetRuleInput[3];
	DzMember	GetRuleOutput[14];
	DzMember	GetSubscriptionGrantInput[2];
	DzMember	GetSubscriptionGrantOutput[12];
	DzMember	GetSubscriptionInput[2];
	DzMember	GetSubscriptionOutput[11];
	DzMember	GetSubscriptionRequestDetailsInput[2];
	DzMember	GetSubscriptionRequestDetailsOutput[14];
	DzMember	GetSubscriptionTargetInput[3];
	DzMember	GetSubscriptionTargetOutput[16];
	DzMember	GetTimeSeriesDataPointInput[5];
	DzMember	GetTimeSeriesDataPointOutput[5];
	DzMember	GetUserProfileInput[4];
	DzMember	GetUserProfileOutput[5];
	DzMember	GitMetadata[7];
	DzMember	GitPropertiesInput[3];
	DzMember	GitPropertiesOutput[5];
	DzMember	GitPropertiesPatch[2];
	DzMember	GlossaryItem[12];
	DzMember	GlossaryItemAdditionalAttributes[1];
	DzMember	GlossaryTermEnforcementDetail[1];
	DzMember	GlossaryTermItem[14];
	DzMember	GlossaryTermItemAdditionalAttributes[1];
	DzMember	GlueConnection[18];
	DzMember	GlueConnectionInput[12];
	DzMember	GlueConnectionPatch[3];
	DzMember	GlueOAuth2Credentials[4];
	DzMember	GluePropertiesInput[1];
	DzMember	GluePropertiesOutput[2];
	DzMember	GluePropertiesPatch[1];
	DzMember	GlueRunConfigurationInput[4];
	DzMember	GlueRunConfigurationOutput[6];
	DzMember	GlueSelfGrantStatusOutput[1];
	DzMember	GrantedEntity[1];
	DzMember	GrantedEntityInput[1];
	DzMember	GreaterThanExpression[2];
	DzMember	GreaterThanOrEqualToExpression[2];
	DzMember	GroupDetails[1];
	DzMember	GroupPolicyGrantPrincipal[1];
	DzMember	GroupProfileSummary[6];
	DzMember	HyperPodPropertiesInput[1];
	DzMember	HyperPodPropertiesOutput[3];
	DzMember	IamPropertiesInput[2];
	DzMember	IamPropertiesOutput[2];
	DzMember	IamPropertiesPatch[1];
	DzMember	IamUserProfileDetails[4];
	DzMember	IdentityMapping[2];
	DzMember	Import[2];
	DzMember	InExpression[2];
	DzMember	IsNotNullExpression[1];
	DzMember	IsNullExpression[1];
	DzMember	JobRunDetails[1];
	DzMember	JobRunError[1];
	DzMember	JobRunSummary[11];
	DzMember	LakeFormationConfiguration[2];
	DzMember	LakehousePropertiesInput[1];
	DzMember	LakehousePropertiesOutput[1];
	DzMember	LakehousePropertiesPatch[1];
	DzMember	LessThanExpression[2];
	DzMember	LessThanOrEqualToExpression[2];
	DzMember	LikeExpression[2];
	DzMember	LineageEventSummary[7];
	DzMember	LineageInfo[3];
	DzMember	LineageNodeItem[15];
	DzMember	LineageNodeReference[2];
	DzMember	LineageNodeSummary[12];
	DzMember	LineageNodeTypeItem[9];
	DzMember	LineageRunDetails[1];
	DzMember	LineageSqlQueryRunDetails[5];
	DzMember	LineageSyncInput[3];
	DzMember	LineageSyncOutput[4];
	DzMember	LineageSyncSchedule[1];
	DzMember	ListAccountPoolsInput[6];
	DzMember	ListAccountPoolsOutput[2];
	DzMember	ListAccountsInAccountPoolInput[4];
	DzMember	ListAccountsInAccountPoolOutput[2];
	DzMember	ListAssetFiltersInput[5];
	DzMember	ListAssetFiltersOutput[2];
	DzMember	ListAssetRevisionsInput[4];
	DzMember	ListAssetRevisionsOutput[2];
	DzMember	ListConnectionsInput[10];
	DzMember	ListConnectionsOutput[2];
	DzMember	ListDataProductRevisionsInput[4];
	DzMember	ListDataProductRevisionsOutput[2];
	DzMember	ListDataSourceRunActivitiesInput[5];
	DzMember	ListDataSourceRunActivitiesOutput[2];
	DzMember	ListDataSourceRunsInput[5];
	DzMember	ListDataSourceRunsOutput[2];
	DzMember	ListDataSourcesInput[9];
	DzMember	ListDataSourcesOutput[2];
	DzMember	ListDesignationsInput[3];
	DzMember	ListDesignationsOutput[2];
	DzMember	ListDomainUnitsForParentInput[4];
	DzMember	ListDomainUnitsForParentOutput[2];
	DzMember	ListDomainsInput[3];
	DzMember	ListDomainsOutput[2];
	DzMember	ListEntityOwnersInput[5];
	DzMember	ListEntityOwnersOutput[2];
	DzMember	ListEnvironmentActionsInput[4];
	DzMember	ListEnvironmentActionsOutput[2];
	DzMember	ListEnvironmentBlueprintConfigurationsInput[3];
	DzMember	ListEnvironmentBlueprintConfigurationsOutput[2];
	DzMember	ListEnvironmentBlueprintsInput[5];
	DzMember	ListEnvironmentBlueprintsOutput[2];
	DzMember	ListEnvironmentProfilesInput[8];
	DzMember	ListEnvironmentProfilesOutput[2];
	DzMember	ListEnvironmentsInput[11];
	DzMember	ListEnvironmentsOutput[2];
	DzMember	ListJobRunsInput[6];
	DzMember	ListJobRunsOutput[2];
	DzMember	ListLineageEventsInput[7];
	DzMember	ListLineageEventsOutput[2];
	DzMember	ListLineageNodeHistoryInput[8];
	DzMember	ListLineageNodeHistoryOutput[2];
	DzMember	ListMetadataGenerationRunsInput[6];
	DzMember	ListMetadataGenerationRunsOutput[2];
	DzMember	ListNotebookRunsInput[8];
	DzMember	ListNotebookRunsOutput[2];
	DzMember	ListNotebooksInput[8];
	DzMember	ListNotebooksOutput[2];
	DzMember	ListNotificationsInput[8];
	DzMember	ListNotificationsOutput[2];
	DzMember	ListPolicyGrantsInput[6];
	DzMember	ListPolicyGrantsOutput[2];
	DzMember	ListProjectMembershipsInput[6];
	DzMember	ListProjectMembershipsOutput[2];
	DzMember	ListProjectProfilesInput[6];
	DzMember	ListProjectProfilesOutput[2];
	DzMember	ListProjectsInput[7];
	DzMember	ListProjectsOutput[2];
	DzMember	ListRulesInput[11];
	DzMember	ListRulesOutput[2];
	DzMember	ListSubscriptionGrantsInput[13];
	DzMember	ListSubscriptionGrantsOutput[2];
	DzMember	ListSubscriptionRequestsInput[12];
	DzMember	ListSubscriptionRequestsOutput[2];
	DzMember	ListSubscriptionTargetsInput[6];
	DzMember	ListSubscriptionTargetsOutput[2];
	DzMember	ListSubscriptionsInput[13];
	DzMember	ListSubscriptionsOutput[2];
	DzMember	ListTagsForResourceRequest[1];
	DzMember	ListTagsForResourceResponse[1];
	DzMember	ListTimeSeriesDataPointsInput[8];
	DzMember	ListTimeSeriesDataPointsOutput[2];
	DzMember	ListingItem[2];
	DzMember	ListingRevision[2];
	DzMember	ListingRevisionInput[2];
	DzMember	ListingSummary[3];
	DzMember	ListingSummaryItem[3];
	DzMember	ManagedEndpointCredentials[2];
	DzMember	MatchClause[2];
	DzMember	MatchOffset[2];
	DzMember	MatchRationaleItem[1];
	DzMember	Member[2];
	DzMember	MemberDetails[2];
	DzMember	MetadataFormEnforcementDetail[1];
	DzMember	MetadataFormReference[2];
	DzMember	MetadataFormSummary[3];
	DzMember	MetadataGenerationRunItem[9];
	DzMember	MetadataGenerationRunTarget[3];
	DzMember	MetadataGenerationRunTypeStat[3];
	DzMember	MlflowPropertiesInput[1];
	DzMember	MlflowPropertiesOutput[1];
	DzMember	MlflowPropertiesPatch[1];
	DzMember	Model[1];
	DzMember	NameIdentifier[2];
	DzMember	NetworkConfig[4];
	DzMember	NotEqualToExpression[2];
	DzMember	NotInExpression[2];
	DzMember	NotLikeExpression[2];
	DzMember	NotebookError[1];
	DzMember	NotebookExportError[1];
	DzMember	NotebookRunError[1];
	DzMember	NotebookRunSummary[13];
	DzMember	NotebookSummary[11];
	DzMember	NotificationConfig[1];
	DzMember	NotificationOutput[11];
	DzMember	NotificationResource[3];
	DzMember	OAuth2ClientApplication[2];
	DzMember	OAuth2Properties[6];
	DzMember	OpenLineageRunEventSummary[5];
	DzMember	OutputLocation[1];
	DzMember	OverrideDomainUnitOwnersPolicyGrantDetail[1];
	DzMember	OverrideProjectOwnersPolicyGrantDetail[1];
	DzMember	OwnerGroupProperties[1];
	DzMember	OwnerGroupPropertiesOutput[1];
	DzMember	OwnerProperties[2];
	DzMember	OwnerPropertiesOutput[2];
	DzMember	OwnerUserProperties[1];
	DzMember	OwnerUserPropertiesOutput[1];
	DzMember	PackageConfig[2];
	DzMember	Permissions[1];
	DzMember	PhysicalConnectionRequirements[4];
	DzMember	PhysicalEndpoint[9];
	DzMember	PolicyGrantDetail[14];
	DzMember	PolicyGrantMember[5];
	DzMember	PolicyGrantPrincipal[4];
	DzMember	PostLineageEventInput[3];
	DzMember	PostLineageEventOutput[2];
	DzMember	PostTimeSeriesDataPointsInput[5];
	DzMember	PostTimeSeriesDataPointsOutput[4];
	DzMember	PredictionConfiguration[1];
	DzMember	ProjectDeletionError[2];
	DzMember	ProjectGrantFilter[1];
	DzMember	ProjectMember[3];
	DzMember	ProjectMembershipAssignment[3];
	DzMember	ProjectPolicyGrantPrincipal[4];
	DzMember	ProjectProfileSummary[9];
	DzMember	ProjectSummary[11];
	DzMember	ProjectsForRule[2];
	DzMember	ProvisioningConfiguration[1];
	DzMember	ProvisioningProperties[1];
	DzMember	PutDataExportConfigurationInput[4];
	DzMember	PutEnvironmentBlueprintConfigurationInput[11];
	DzMember	PutEnvironmentBlueprintConfigurationOutput[12];
	DzMember	PutResourceConfiguration[4];
	DzMember	QueryGraphInput[5];
	DzMember	QueryGraphOutput[2];
	DzMember	RecommendationConfiguration[1];
	DzMember	RedshiftClusterStorage[1];
	DzMember	RedshiftCredentialConfiguration[1];
	DzMember	RedshiftCredentials[2];
	DzMember	RedshiftLineageSyncConfigurationInput[2];
	DzMember	RedshiftLineageSyncConfigurationOutput[3];
	DzMember	RedshiftPropertiesInput[6];
	DzMember	RedshiftPropertiesOutput[9];
	DzMember	RedshiftPropertiesPatch[6];
	DzMember	RedshiftRunConfigurationInput[4];
	DzMember	RedshiftRunConfigurationOutput[6];
	DzMember	RedshiftSelfGrantStatusOutput[1];
	DzMember	RedshiftServerlessStorage[1];
	DzMember	RedshiftStorage[2];
	DzMember	RedshiftStorageProperties[2];
	DzMember	Region[2];
	DzMember	RejectChoice[2];
	DzMember	RejectPredictionsInput[6];
	DzMember	RejectPredictionsOutput[3];
	DzMember	RejectRule[2];
	DzMember	RejectSubscriptionRequestInput[3];
	DzMember	RejectSubscriptionRequestOutput[14];
	DzMember	RelationPattern[3];
	DzMember	RelationalFilterConfiguration[3];
	DzMember	RemoveEntityOwnerInput[5];
	DzMember	RemovePolicyGrantInput[7];
	DzMember	Resource[4];
	DzMember	ResourceConfiguration[5];
	DzMember	ResourceTag[3];
	DzMember	ResourceTagParameter[3];
	DzMember	ResultItem[1];
	DzMember	RevokeSubscriptionInput[3];
	DzMember	RevokeSubscriptionOutput[11];
	DzMember	RowFilter[3];
	DzMember	RowFilterConfiguration[2];
	DzMember	RowFilterExpression[12];
	DzMember	RuleDetail[2];
	DzMember	RuleScope[3];
	DzMember	RuleSummary[10];
	DzMember	RuleTarget[1];
	DzMember	RunStatisticsForAssets[5];
	DzMember	S3Destination[1];
	DzMember	S3File[1];
	DzMember	S3FilesLocation[2];
	DzMember	S3PropertiesInput[3];
	DzMember	S3PropertiesOutput[5];
	DzMember	S3PropertiesPatch[3];
	DzMember	SageMakerRunConfigurationInput[1];
	DzMember	SageMakerRunConfigurationOutput[3];
	DzMember	ScheduleConfiguration[2];
	DzMember	SearchGroupProfilesInput[5];
	DzMember	SearchGroupProfilesOutput[2];
	DzMember	SearchInItem[1];
	DzMember	SearchInput[10];
	DzMember	SearchInventoryResultItem[4];
	DzMember	SearchListingsInput[9];
	DzMember	SearchListingsOutput[4];
	DzMember	SearchOutput[3];
	DzMember	SearchResultItem[2];
	DzMember	SearchSort[2];
	DzMember	SearchTypesInput[9];
	DzMember	SearchTypesOutput[3];
	DzMember	SearchTypesResultItem[3];
	DzMember	SearchUserProfilesInput[5];
	DzMember	SearchUserProfilesOutput[2];
	DzMember	SelfGrantStatusDetail[4];
	DzMember	SelfGrantStatusOutput[2];
	DzMember	SingleSignOn[3];
	DzMember	SnowflakePropertiesInput[4];
	DzMember	SnowflakePropertiesOutput[5];
	DzMember	SnowflakePropertiesPatch[3];
	DzMember	SourceLocation[2];
	DzMember	SparkEmrPropertiesInput[8];
	DzMember	SparkEmrPropertiesOutput[14];
	DzMember	SparkEmrPropertiesPatch[8];
	DzMember	SparkGlueArgs[1];
	DzMember	SparkGluePropertiesInput[9];
	DzMember	SparkGluePropertiesOutput[9];
	DzMember	SsoUserProfileDetails[3];
	DzMember	StartDataSourceRunInput[3];
	DzMember	StartDataSourceRunOutput[13];
	DzMember	StartMetadataGenerationRunInput[6];
	DzMember	StartMetadataGenerationRunOutput[8];
	DzMember	StartNotebookExportInput[5];
	DzMember	StartNotebookExportOutput[8];
	DzMember	StartNotebookImportInput[7];
	DzMember	StartNotebookImportOutput[10];
	DzMember	StartNotebookRunInput[12];
	DzMember	StartNotebookRunOutput[23];
	DzMember	StartNotebookSyncInput[8];
	DzMember	StartNotebookSyncOutput[10];
	DzMember	StopNotebookRunInput[3];
	DzMember	StopNotebookRunOutput[4];
	DzMember	StorageConfig[2];
	DzMember	SubscribedAsset[9];
	DzMember	SubscribedAssetListing[7];
	DzMember	SubscribedGroup[2];
	DzMember	SubscribedGroupInput[1];
	DzMember	SubscribedIamPrincipal[1];
	DzMember	SubscribedIamPrincipalInput[1];
	DzMember	SubscribedListing[7];
	DzMember	SubscribedListingInput[1];
	DzMember	SubscribedListingItem[2];
	DzMember	SubscribedPrincipal[4];
	DzMember	SubscribedPrincipalInput[4];
	DzMember	SubscribedProductListing[6];
	DzMember	SubscribedProject[2];
	DzMember	SubscribedProjectInput[1];
	DzMember	SubscribedUser[2];
	DzMember	SubscribedUserInput[1];
	DzMember	SubscriptionGrantSummary[12];
	DzMember	SubscriptionRequestSummary[14];
	DzMember	SubscriptionSummary[11];
	DzMember	SubscriptionTargetForm[2];
	DzMember	SubscriptionTargetSummary[16];
	DzMember	TagResourceRequest[2];
	DzMember	TermRelations[2];
	DzMember	TextMatchItem[3];
	DzMember	TimeSeriesDataPointFormInput[5];
	DzMember	TimeSeriesDataPointFormOutput[6];
	DzMember	TimeSeriesDataPointSummaryFormOutput[6];
	DzMember	TimeoutConfig[1];
	DzMember	Topic[3];
	DzMember	TriggerSource[2];
	DzMember	UntagResourceRequest[2];
	DzMember	UpdateAccountPoolInput[6];
	DzMember	UpdateAccountPoolOutput[11];
	DzMember	UpdateAssetFilterInput[6];
	DzMember	UpdateAssetFilterOutput[11];
	DzMember	UpdateConnectionInput[6];
	DzMember	UpdateConnectionOutput[12];
	DzMember	UpdateDataSourceInput[11];
	DzMember	UpdateDataSourceOutput[23];
	DzMember	UpdateDesignationInput[6];
	DzMember	UpdateDesignationOutput[10];
	DzMember	UpdateDomainInput[7];
	DzMember	UpdateDomainOutput[8];
	DzMember	UpdateDomainUnitInput[4];
	DzMember	UpdateDomainUnitOutput[10];
	DzMember	UpdateEnvironmentActionInput[6];
	DzMember	UpdateEnvironmentActionOutput[6];
	DzMember	UpdateEnvironmentBlueprintInput[6];
	DzMember	UpdateEnvironmentBlueprintOutput[11];
	DzMember	UpdateEnvironmentInput[8];
	DzMember	UpdateEnvironmentOutput[23];
	DzMember	UpdateEnvironmentProfileInput[7];
	DzMember	UpdateEnvironmentProfileOutput[12];
	DzMember	UpdateGlossaryInput[6];
	DzMember	UpdateGlossaryOutput[7];
	DzMember	UpdateGlossaryTermInput[8];
	DzMember	UpdateGlossaryTermOutput[9];
	DzMember	UpdateGroupProfileInput[3];
	DzMember	UpdateGroupProfileOutput[6];
	DzMember	UpdateNotebookInput[11];
	DzMember	UpdateNotebookOutput[21];
	DzMember	UpdateProjectInput[10];
	DzMember	UpdateProjectOutput[16];
	DzMember	UpdateProjectProfileInput[10];
	DzMember	UpdateProjectProfileOutput[13];
	DzMember	UpdateRootDomainUnitOwnerInput[4];
	DzMember	UpdateRuleInput[7];
	DzMember	UpdateRuleOutput[13];
	DzMember	UpdateSubscriptionGrantStatusInput[6];
	DzMember	UpdateSubscriptionGrantStatusOutput[12];
	DzMember	UpdateSubscriptionRequestInput[3];
	DzMember	UpdateSubscriptionRequestOutput[14];
	DzMember	UpdateSubscriptionTargetInput[10];
	DzMember	UpdateSubscriptionTargetOutput[16];
	DzMember	UpdateUserProfileInput[5];
	DzMember	UpdateUserProfileOutput[5];
	DzMember	UseAssetTypePolicyGrantDetail[1];
	DzMember	UserDetails[1];
	DzMember	UserPolicyGrantPrincipal[2];
	DzMember	UserProfileDetails[2];
	DzMember	UserProfileSummary[5];
	DzMember	UsernamePassword[2];
	DzMember	VpcPropertiesInput[3];
	DzMember	VpcPropertiesOutput[5];
	DzMember	VpcPropertiesPatch[3];
	DzMember	WorkflowsMwaaPropertiesInput[1];
	DzMember	WorkflowsMwaaPropertiesOutput[1];
}			members = {
	.AcceptChoice = {
		M(editedValue, STRING_MIN_1, BODY, 0),
		M(predictionChoice, INTEGER, BODY, 0),
		M(predictionTarget, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.AcceptPredictionsInput = {
		M(revision, STRING_MIN_1, QUERY, 0),
		M(acceptRule, AcceptRule, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(acceptChoices, AcceptChoices, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.AcceptPredictionsOutput = {
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.AcceptRule = {
		M(rule, STRING, BODY, 0),
		M(threshold, FLOAT, BODY, 0),
	},
	.AcceptSubscriptionRequestInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(assetScopes, AcceptedAssetScopes, BODY, 0),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(assetPermissions, AssetPermissions, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.AcceptSubscriptionRequestOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(reviewerId, STRING, BODY, 0),
		M(metadataForms, MetadataForms, BODY, 0),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(subscribedListings, AcceptSubscriptionRequestOutputSubscribedListingsList, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipals, AcceptSubscriptionRequestOutputSubscribedPrincipalsList, BODY, DZ_MEMBER_REQUIRED),
		M(existingSubscriptionId, STRING, BODY, 0),
	},
	.AcceptedAssetScope = {
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(filterIds, FilterIds, BODY, DZ_MEMBER_REQUIRED),
	},
	.AccountInfo = {
		M(awsAccountId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(awsAccountName, STRING_MIN_1, BODY, 0),
		M(supportedRegions, AwsRegionList, BODY, DZ_MEMBER_REQUIRED),
	},
	.AccountPoolSummary = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(resolutionStrategy, STRING, BODY, 0),
	},
	.AccountSource = {
		M(accounts, AccountInfoList, BODY, 0),
		M(customAccountPoolHandler, CustomAccountPoolHandler, BODY, 0),
	},
	.ActionParameters = {
		M(awsConsoleLink, AwsConsoleLinkParameters, BODY, 0),
	},
	.AddEntityOwnerInput = {
		M(owner, OwnerProperties, BODY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.AddPolicyGrantInput = {
		M(detail, PolicyGrantDetail, BODY, DZ_MEMBER_REQUIRED),
		M(principal, PolicyGrantPrincipal, BODY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(policyType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.AddPolicyGrantOutput = {
		M(grantId, STRING, BODY, 0),
	},
	.AddToProjectMemberPoolPolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.AdditionalAttributes = {
		M(formNames, FormNameList, BODY, 0),
	},
	.AggregationListItem = {
		M(attribute, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(displayValue, STRING_MIN_1, BODY, 0),
	},
	.AggregationOutput = {
		M(items, AggregationOutputItems, BODY, 0),
		M(attribute, STRING_MIN_1, BODY, 0),
		M(displayValue, STRING_MIN_1, BODY, 0),
	},
	.AggregationOutputItem = {
		M(count, INTEGER, BODY, 0),
		M(value, STRING, BODY, 0),
		M(displayValue, STRING, BODY, 0),
	},
	.AmazonQPropertiesInput = {
		M(authMode, STRING, BODY, 0),
		M(isEnabled, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
		M(profileArn, STRING, BODY, 0),
	},
	.AmazonQPropertiesOutput = {
		M(authMode, STRING, BODY, 0),
		M(isEnabled, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
		M(profileArn, STRING, BODY, 0),
	},
	.AmazonQPropertiesPatch = {
		M(authMode, STRING, BODY, 0),
		M(isEnabled, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
		M(profileArn, STRING, BODY, 0),
	},
	.AssetFilterConfiguration = {
		M(rowConfiguration, RowFilterConfiguration, BODY, 0),
		M(columnConfiguration, ColumnFilterConfiguration, BODY, 0),
	},
	.AssetFilterSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(description, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
		M(effectiveRowFilter, STRING, BODY, 0),
		M(effectiveColumnNames, ColumnNameList, BODY, 0),
	},
	.AssetInDataProductListingItem = {
		M(entityId, STRING, BODY, 0),
		M(entityType, STRING, BODY, 0),
		M(entityRevision, STRING, BODY, 0),
	},
	.AssetItem = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(externalIdentifier, STRING_MIN_1, BODY, 0),
		M(additionalAttributes, AssetItemAdditionalAttributes, BODY, 0),
		M(governedGlossaryTerms, AssetItemGovernedGlossaryTermsList, BODY, 0),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
	},
	.AssetItemAdditionalAttributes = {
		M(formsOutput, FormOutputList, BODY, 0),
		M(matchRationale, MatchRationale, BODY, 0),
		M(readOnlyFormsOutput, FormOutputList, BODY, 0),
		M(latestTimeSeriesDataPointFormsOutput, TimeSeriesDataPointSummaryFormOutputList, BODY, 0),
	},
	.AssetListing = {
		M(forms, STRING, BODY, 0),
		M(assetId, STRING, BODY, 0),
		M(assetType, STRING_MIN_1, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(assetRevision, STRING_MIN_1, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
		M(governedGlossaryTerms, AssetListingGovernedGlossaryTermsList, BODY, 0),
		M(latestTimeSeriesDataPointForms, TimeSeriesDataPointSummaryFormOutputList, BODY, 0),
	},
	.AssetListingDetails = {
		M(listingId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(listingStatus, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.AssetListingItem = {
		M(name, STRING_MIN_1, BODY, 0),
		M(entityId, STRING, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(listingId, STRING, BODY, 0),
		M(entityType, STRING_MIN_1, BODY, 0),
		M(description, STRING, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(entityRevision, STRING_MIN_1, BODY, 0),
		M(listingRevision, STRING_MIN_1, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
		M(listingCreatedBy, STRING, BODY, 0),
		M(listingUpdatedBy, STRING, BODY, 0),
		M(additionalAttributes, AssetListingItemAdditionalAttributes, BODY, 0),
		M(governedGlossaryTerms, AssetListingItemGovernedGlossaryTermsList, BODY, 0),
	},
	.AssetListingItemAdditionalAttributes = {
		M(forms, STRING, BODY, 0),
		M(matchRationale, MatchRationale, BODY, 0),
		M(latestTimeSeriesDataPointForms, TimeSeriesDataPointSummaryFormOutputList, BODY, 0),
	},
	.AssetPermission = {
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(permissions, Permissions, BODY, DZ_MEMBER_REQUIRED),
	},
	.AssetRevision = {
		M(id, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(revision, STRING_MIN_1, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
	},
	.AssetScope = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(filterIds, FilterIds, BODY, DZ_MEMBER_REQUIRED),
		M(scopeName, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
	},
	.AssetTargetNameMap = {
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(targetName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.AssetTypeItem = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormsOutputMap, BODY, DZ_MEMBER_REQUIRED),
		M(originDomainId, DOMAIN_ID, BODY, 0),
		M(originProjectId, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.AssetTypesForRule = {
		M(selectionMode, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(specificAssetTypes, RuleAssetTypeList, BODY, 0),
	},
	.AssociateEnvironmentRoleInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentRoleArn, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.AssociateGovernedTermsInput = {
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(governedGlossaryTerms, AssociateGovernedTermsInputGovernedGlossaryTermsList, BODY, DZ_MEMBER_REQUIRED),
	},
	.AthenaPropertiesInput = {
		M(workgroupName, STRING, BODY, 0),
	},
	.AthenaPropertiesOutput = {
		M(workgroupName, STRING, BODY, 0),
	},
	.AthenaPropertiesPatch = {
		M(workgroupName, STRING, BODY, 0),
	},
	.AttributeError = {
		M(code, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(message, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(attributeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.AttributeInput = {
		M(forms, FormInputList, BODY, DZ_MEMBER_REQUIRED),
		M(attributeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.AuthenticationConfiguration = {
		M(secretArn, STRING, BODY, 0),
		M(oAuth2Properties, OAuth2Properties, BODY, 0),
		M(authenticationType, STRING, BODY, 0),
	},
	.AuthenticationConfigurationInput = {
		M(kmsKeyArn, STRING, BODY, 0),
		M(secretArn, STRING, BODY, 0),
		M(oAuth2Properties, OAuth2Properties, BODY, 0),
		M(authenticationType, STRING, BODY, 0),
		M(basicAuthenticationCredentials, BasicAuthenticationCredentials, BODY, 0),
		M(customAuthenticationCredentials, CredentialMap, BODY, 0),
	},
	.AuthenticationConfigurationPatch = {
		M(secretArn, STRING, BODY, 0),
		M(basicAuthenticationCredentials, BasicAuthenticationCredentials, BODY, 0),
	},
	.AuthorizationCodeProperties = {
		M(redirectUri, STRING, BODY, 0),
		M(authorizationCode, STRING_MIN_1, BODY, 0),
	},
	.AwsAccount = {
		M(awsAccountId, STRING, BODY, 0),
		M(awsAccountIdPath, STRING_MIN_1, BODY, 0),
	},
	.AwsConsoleLinkParameters = {
		M(uri, STRING, BODY, 0),
	},
	.AwsLocation = {
		M(awsRegion, STRING, BODY, 0),
		M(accessRole, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(iamConnectionId, STRING, BODY, 0),
	},
	.BasicAuthenticationCredentials = {
		M(password, STRING, BODY, 0),
		M(userName, STRING, BODY, 0),
	},
	.BatchGetAttributeOutput = {
		M(forms, FormOutputList, BODY, 0),
		M(attributeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.BatchGetAttributesMetadataInput = {
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(entityRevision, STRING_MIN_1, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		W(attributeIdentifiers, attributeIdentifier, AttributesList, QUERY, DZ_MEMBER_REQUIRED, BY_PLACE),
	},
	.BatchGetAttributesMetadataOutput = {
		M(errors, AttributesErrors, BODY, DZ_MEMBER_REQUIRED),
		M(attributes, BatchGetAttributeItems, BODY, 0),
	},
	.BatchPutAttributeOutput = {
		M(attributeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.BatchPutAttributesMetadataInput = {
		M(attributes, Attributes, BODY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.BatchPutAttributesMetadataOutput = {
		M(errors, AttributesErrors, BODY, 0),
		M(attributes, BatchPutAttributeItems, BODY, 0),
	},
	.BusinessNameGenerationConfiguration = {
		M(enabled, BOOLEAN, BODY, 0),
	},
	.CancelMetadataGenerationRunInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.CancelSubscriptionInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.CancelSubscriptionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(retainPermissions, BOOLEAN, BODY, 0),
		M(subscribedListing, SubscribedListing, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipal, SubscribedPrincipal, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionRequestId, STRING, BODY, 0),
	},
	.CloudFormationProperties = {
		M(templateUrl, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.ColumnFilterConfiguration = {
		M(includedColumnNames, ColumnNameList, BODY, 0),
	},
	.ComputeConfig = {
		M(instanceType, STRING, BODY, 0),
		M(environmentVersion, STRING, BODY, 0),
	},
	.ConfigurableActionParameter = {
		M(key, STRING, BODY, 0),
		M(value, STRING, BODY, 0),
	},
	.ConfigurableEnvironmentAction = {
		M(auth, STRING, BODY, 0),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ConfigurableActionParameterList, BODY, DZ_MEMBER_REQUIRED),
	},
	.Configuration = {
		M(properties, PropertyMap, BODY, 0),
		M(classification, STRING, BODY, 0),
	},
	.ConnectionCredentials = {
		M(expiration, TIMESTAMP_ISO, BODY, 0),
		M(accessKeyId, STRING, BODY, 0),
		M(sessionToken, STRING, BODY, 0),
		M(secretAccessKey, STRING, BODY, 0),
	},
	.ConnectionPropertiesInput = {
		M(s3Properties, S3PropertiesInput, BODY, 0),
		M(gitProperties, GitPropertiesInput, BODY, 0),
		M(iamProperties, IamPropertiesInput, BODY, 0),
		M(vpcProperties, VpcPropertiesInput, BODY, 0),
		M(glueProperties, GluePropertiesInput, BODY, 0),
		M(athenaProperties, AthenaPropertiesInput, BODY, 0),
		M(mlflowProperties, MlflowPropertiesInput, BODY, 0),
		M(amazonQProperties, AmazonQPropertiesInput, BODY, 0),
		M(hyperPodProperties, HyperPodPropertiesInput, BODY, 0),
		M(redshiftProperties, RedshiftPropertiesInput, BODY, 0),
		M(sparkEmrProperties, SparkEmrPropertiesInput, BODY, 0),
		M(lakehouseProperties, LakehousePropertiesInput, BODY, 0),
		M(snowflakeProperties, SnowflakePropertiesInput, BODY, 0),
		M(sparkGlueProperties, SparkGluePropertiesInput, BODY, 0),
		M(workflowsMwaaProperties, WorkflowsMwaaPropertiesInput, BODY, 0),
		M(workflowsServerlessProperties, WorkflowsServerlessPropertiesInput, BODY, 0),
	},
	.ConnectionPropertiesOutput = {
		M(s3Properties, S3PropertiesOutput, BODY, 0),
		M(gitProperties, GitPropertiesOutput, BODY, 0),
		M(iamProperties, IamPropertiesOutput, BODY, 0),
		M(vpcProperties, VpcPropertiesOutput, BODY, 0),
		M(glueProperties, GluePropertiesOutput, BODY, 0),
		M(athenaProperties, AthenaPropertiesOutput, BODY, 0),
		M(mlflowProperties, MlflowPropertiesOutput, BODY, 0),
		M(amazonQProperties, AmazonQPropertiesOutput, BODY, 0),
		M(hyperPodProperties, HyperPodPropertiesOutput, BODY, 0),
		M(redshiftProperties, RedshiftPropertiesOutput, BODY, 0),
		M(sparkEmrProperties, SparkEmrPropertiesOutput, BODY, 0),
		M(lakehouseProperties, LakehousePropertiesOutput, BODY, 0),
		M(snowflakeProperties, SnowflakePropertiesOutput, BODY, 0),
		M(sparkGlueProperties, SparkGluePropertiesOutput, BODY, 0),
		M(workflowsMwaaProperties, WorkflowsMwaaPropertiesOutput, BODY, 0),
		M(workflowsServerlessProperties, WorkflowsServerlessPropertiesOutput, BODY, 0),
	},
	.ConnectionPropertiesPatch = {
		M(s3Properties, S3PropertiesPatch, BODY, 0),
		M(gitProperties, GitPropertiesPatch, BODY, 0),
		M(iamProperties, IamPropertiesPatch, BODY, 0),
		M(vpcProperties, VpcPropertiesPatch, BODY, 0),
		M(glueProperties, GluePropertiesPatch, BODY, 0),
		M(athenaProperties, AthenaPropertiesPatch, BODY, 0),
		M(mlflowProperties, MlflowPropertiesPatch, BODY, 0),
		M(amazonQProperties, AmazonQPropertiesPatch, BODY, 0),
		M(redshiftProperties, RedshiftPropertiesPatch, BODY, 0),
		M(sparkEmrProperties, SparkEmrPropertiesPatch, BODY, 0),
		M(lakehouseProperties, LakehousePropertiesPatch, BODY, 0),
		M(snowflakeProperties, SnowflakePropertiesPatch, BODY, 0),
	},
	.ConnectionSummary = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(props, ConnectionPropertiesOutput, BODY, 0),
		M(scope, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(connectionId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainUnitId, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(environmentId, STRING, BODY, 0),
		M(configurations, Configurations, BODY, 0),
		M(physicalEndpoints, PhysicalEndpoints, BODY, DZ_MEMBER_REQUIRED),
	},
	.ConnectivityProperties = {
		M(name, STRING_MIN_1, BODY, 0),
		M(description, STRING, BODY, 0),
		M(sparkProperties, PropertyMap, BODY, 0),
		M(athenaProperties, PropertyMap, BODY, 0),
		M(pythonProperties, PropertyMap, BODY, 0),
		M(validateCredentials, BOOLEAN, BODY, 0),
		M(connectionProperties, ConnectionProperties, BODY, 0),
		M(authenticationConfiguration, AuthenticationConfigurationInput, BODY, 0),
		M(physicalConnectionRequirements, PhysicalConnectionRequirements, BODY, 0),
		M(validateForComputeEnvironments, ComputeEnvironmentsList, BODY, 0),
	},
	.ConnectivityPropertiesPatch = {
		M(description, STRING, BODY, 0),
		M(connectionProperties, ConnectionProperties, BODY, 0),
		M(authenticationConfiguration, AuthenticationConfigurationPatch, BODY, 0),
	},
	.CreateAccountPoolInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(accountSource, AccountSource, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(resolutionStrategy, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateAccountPoolOutput = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(accountSource, AccountSource, BODY, DZ_MEMBER_REQUIRED),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(resolutionStrategy, STRING, BODY, 0),
	},
	.CreateAssetFilterInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(configuration, AssetFilterConfiguration, BODY, DZ_MEMBER_REQUIRED),
		M(assetIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.CreateAssetFilterOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(description, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
		M(configuration, AssetFilterConfiguration, BODY, DZ_MEMBER_REQUIRED),
		M(effectiveRowFilter, STRING, BODY, 0),
		M(effectiveColumnNames, ColumnNameList, BODY, 0),
	},
	.CreateAssetInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(formsInput, FormInputList, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(externalIdentifier, STRING_MIN_1, BODY, 0),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(predictionConfiguration, PredictionConfiguration, BODY, 0),
	},
	.CreateAssetOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(listing, AssetListingDetails, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormOutputList, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(externalIdentifier, STRING_MIN_1, BODY, 0),
		M(readOnlyFormsOutput, FormOutputList, BODY, 0),
		M(governedGlossaryTerms, CreateAssetOutputGovernedGlossaryTermsList, BODY, 0),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
		M(predictionConfiguration, PredictionConfiguration, BODY, 0),
		M(latestTimeSeriesDataPointFormsOutput, TimeSeriesDataPointSummaryFormOutputList, BODY, 0),
	},
	.CreateAssetRevisionInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(formsInput, FormInputList, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(predictionConfiguration, PredictionConfiguration, BODY, 0),
	},
	.CreateAssetRevisionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(listing, AssetListingDetails, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormOutputList, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(externalIdentifier, STRING_MIN_1, BODY, 0),
		M(readOnlyFormsOutput, FormOutputList, BODY, 0),
		M(governedGlossaryTerms, CreateAssetRevisionOutputGovernedGlossaryTermsList, BODY, 0),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
		M(predictionConfiguration, PredictionConfiguration, BODY, 0),
		M(latestTimeSeriesDataPointFormsOutput, TimeSeriesDataPointSummaryFormOutputList, BODY, 0),
	},
	.CreateAssetTypeInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(formsInput, FormsInputMap, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateAssetTypeOutput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormsOutputMap, BODY, DZ_MEMBER_REQUIRED),
		M(originDomainId, DOMAIN_ID, BODY, 0),
		M(originProjectId, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
	},
	.CreateAssetTypePolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.CreateConnectionInput = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(props, ConnectionPropertiesInput, BODY, 0),
		M(scope, STRING, BODY, 0),
		M(awsLocation, AwsLocation, BODY, 0),
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(configurations, Configurations, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, BODY, 0),
		M(enableTrustedIdentityPropagation, BOOLEAN, BODY, 0),
	},
	.CreateConnectionOutput = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(props, ConnectionPropertiesOutput, BODY, 0),
		M(scope, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainUnitId, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(environmentId, STRING, BODY, 0),
		M(configurations, Configurations, BODY, 0),
		M(physicalEndpoints, PhysicalEndpoints, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateDataProductInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(items, DataProductItems, BODY, 0),
		M(formsInput, FormInputList, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING_MIN_1, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateDataProductOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(items, DataProductItems, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING_MIN_1, BODY, 0),
		M(formsOutput, FormOutputList, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
	},
	.CreateDataProductRevisionInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(items, DataProductItems, BODY, 0),
		M(formsInput, FormInputList, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING_MIN_1, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.CreateDataProductRevisionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(items, DataProductItems, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING_MIN_1, BODY, 0),
		M(formsOutput, FormOutputList, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
	},
	.CreateDataSourceInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(schedule, ScheduleConfiguration, BODY, 0),
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(configuration, DataSourceConfigurationInput, BODY, 0),
		M(enableSetting, STRING, BODY, 0),
		M(recommendation, RecommendationConfiguration, BODY, 0),
		M(assetFormsInput, FormInputList, BODY, 0),
		M(publishOnImport, BOOLEAN, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(connectionIdentifier, STRING, BODY, 0),
		M(environmentIdentifier, STRING, BODY, 0),
	},
	.CreateDataSourceOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(schedule, ScheduleConfiguration, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(lastRunAt, TIMESTAMP_ISO, BODY, 0),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, 0),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(configuration, DataSourceConfigurationOutput, BODY, 0),
		M(enableSetting, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(lastRunStatus, STRING, BODY, 0),
		M(recommendation, RecommendationConfiguration, BODY, 0),
		M(publishOnImport, BOOLEAN, BODY, 0),
		M(assetFormsOutput, FormOutputList, BODY, 0),
		M(lastRunErrorMessage, DataSourceErrorMessage, BODY, 0),
	},
	.CreateDesignationInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(policy, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(deletionProtection, BOOLEAN, BODY, 0),
	},
	.CreateDesignationOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(policy, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(designationType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(deletionProtection, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateDomainInput = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(tags, Tags, BODY, 0),
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(serviceRole, STRING, BODY, 0),
		M(singleSignOn, SingleSignOn, BODY, 0),
		M(domainVersion, STRING, BODY, 0),
		M(kmsKeyIdentifier, STRING_MIN_1, BODY, 0),
		M(domainExecutionRole, STRING, BODY, 0),
	},
	.CreateDomainOutput = {
		M(id, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(arn, STRING, BODY, 0),
		M(name, STRING, BODY, 0),
		M(tags, Tags, BODY, 0),
		M(status, STRING, BODY, 0),
		M(portalUrl, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(serviceRole, STRING, BODY, 0),
		M(singleSignOn, SingleSignOn, BODY, 0),
		M(domainVersion, STRING, BODY, 0),
		M(kmsKeyIdentifier, STRING_MIN_1, BODY, 0),
		M(rootDomainUnitId, STRING_MIN_1, BODY, 0),
		M(domainExecutionRole, STRING, BODY, 0),
	},
	.CreateDomainUnitInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(parentDomainUnitIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateDomainUnitOutput = {
		M(id, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(owners, DomainUnitOwners, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(parentDomainUnitId, STRING_MIN_1, BODY, 0),
		M(ancestorDomainUnitIds, DomainUnitIds, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateDomainUnitPolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.CreateEnvironmentActionInput = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ActionParameters, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.CreateEnvironmentActionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ActionParameters, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateEnvironmentBlueprintInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(blueprintCategory, STRING, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateEnvironmentBlueprintOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(blueprintCategory, STRING, BODY, 0),
		M(deploymentProperties, DeploymentProperties, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateEnvironmentInput = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(userParameters, EnvironmentParametersList, BODY, 0),
		M(deploymentOrder, INTEGER, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(environmentAccountRegion, STRING, BODY, 0),
		M(environmentConfigurationId, STRING, BODY, 0),
		M(environmentAccountIdentifier, STRING, BODY, 0),
		M(environmentConfigurationName, STRING_MIN_1, BODY, 0),
		M(environmentProfileIdentifier, STRING, BODY, 0),
		M(environmentBlueprintIdentifier, STRING, BODY, 0),
	},
	.CreateEnvironmentOutput = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(lastDeployment, Deployment, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentActions, EnvironmentActionList, BODY, 0),
		M(deploymentProperties, DeploymentProperties, BODY, 0),
		M(environmentProfileId, STRING, BODY, 0),
		M(provisionedResources, ResourceList, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, 0),
		M(environmentConfigurationId, STRING, BODY, 0),
		M(environmentConfigurationName, STRING_MIN_1, BODY, 0),
	},
	.CreateEnvironmentProfileInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(userParameters, EnvironmentParametersList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(environmentBlueprintIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateEnvironmentProfileOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateEnvironmentProfilePolicyGrantDetail = {
		M(domainUnitId, STRING_MIN_1, BODY, 0),
	},
	.CreateFormTypeInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(model, Model, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateFormTypeOutput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(originDomainId, DOMAIN_ID, BODY, 0),
		M(originProjectId, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
	},
	.CreateFormTypePolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.CreateGlossaryInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateGlossaryOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
	},
	.CreateGlossaryPolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.CreateGlossaryTermInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(termRelations, TermRelations, BODY, 0),
		M(longDescription, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(shortDescription, STRING, BODY, 0),
		M(glossaryIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateGlossaryTermOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(glossaryId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(termRelations, TermRelations, BODY, 0),
		M(longDescription, STRING, BODY, 0),
		M(shortDescription, STRING, BODY, 0),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
	},
	.CreateGroupProfileInput = {
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(groupIdentifier, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(rolePrincipalArn, STRING, BODY, 0),
	},
	.CreateGroupProfileOutput = {
		M(id, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(groupName, STRING_MIN_1, BODY, 0),
		M(rolePrincipalId, STRING, BODY, 0),
		M(rolePrincipalArn, STRING, BODY, 0),
	},
	.CreateListingChangeSetInput = {
		M(action, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(entityRevision, STRING_MIN_1, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateListingChangeSetOutput = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(listingId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(listingRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateNotebookInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(metadata, Metadata, BODY, 0),
		M(parameters, Parameters, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateNotebookOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(error, NotebookError, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(lockedAt, TIMESTAMP, BODY, 0),
		M(lockedBy, STRING, BODY, 0),
		M(metadata, Metadata, BODY, 0),
		M(cellOrder, CellOrder, BODY, DZ_MEMBER_REQUIRED),
		M(computeId, STRING, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(parameters, Parameters, BODY, 0),
		M(description, STRING, BODY, 0),
		M(gitMetadata, GitMetadata, BODY, 0),
		M(lockExpiresAt, TIMESTAMP, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(environmentConfiguration, EnvironmentConfig, BODY, 0),
	},
	.CreateProjectFromProjectProfilePolicyGrantDetail = {
		M(projectProfiles, ProjectProfileList, BODY, 0),
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.CreateProjectInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(resourceTags, CreateProjectInputResourceTagsMap, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(userParameters, EnvironmentConfigurationUserParametersList, BODY, 0),
		M(projectCategory, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectProfileId, STRING, BODY, 0),
		M(projectExecutionRole, STRING, BODY, 0),
		M(membershipAssignments, ProjectMembershipAssignments, BODY, 0),
	},
	.CreateProjectMembershipInput = {
		M(member, Member, BODY, DZ_MEMBER_REQUIRED),
		M(designation, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(userCreatedDesignationId, STRING, BODY, 0),
	},
	.CreateProjectOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(resourceTags, ResourceTags, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(projectStatus, STRING, BODY, 0),
		M(failureReasons, FailureReasons, BODY, 0),
		M(userParameters, EnvironmentConfigurationUserParametersList, BODY, 0),
		M(projectCategory, STRING, BODY, 0),
		M(projectProfileId, STRING, BODY, 0),
		M(environmentDeploymentDetails, EnvironmentDeploymentDetails, BODY, 0),
	},
	.CreateProjectPolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.CreateProjectProfileInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectResourceTags, ProjectResourceTagParameters, BODY, 0),
		M(domainUnitIdentifier, STRING_MIN_1, BODY, 0),
		M(environmentConfigurations, EnvironmentConfigurationsList, BODY, 0),
		M(allowCustomProjectResourceTags, BOOLEAN, BODY, 0),
		M(projectResourceTagsDescription, STRING, BODY, 0),
	},
	.CreateProjectProfileOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(projectResourceTags, ProjectResourceTagParameters, BODY, 0),
		M(environmentConfigurations, EnvironmentConfigurationsList, BODY, 0),
		M(allowCustomProjectResourceTags, BOOLEAN, BODY, 0),
		M(projectResourceTagsDescription, STRING, BODY, 0),
	},
	.CreateRuleInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(scope, RuleScope, BODY, DZ_MEMBER_REQUIRED),
		M(action, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(detail, RuleDetail, BODY, DZ_MEMBER_REQUIRED),
		M(target, RuleTarget, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.CreateRuleOutput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(scope, RuleScope, BODY, DZ_MEMBER_REQUIRED),
		M(action, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(detail, RuleDetail, BODY, DZ_MEMBER_REQUIRED),
		M(target, RuleTarget, BODY, DZ_MEMBER_REQUIRED),
		M(ruleType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(targetType, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
	},
	.CreateSubscriptionGrantInput = {
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(grantedEntity, GrantedEntityInput, BODY, DZ_MEMBER_REQUIRED),
		M(assetTargetNames, AssetTargetNames, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionTargetIdentifier, STRING, BODY, 0),
	},
	.CreateSubscriptionGrantOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assets, SubscribedAssets, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(grantedEntity, GrantedEntity, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionId, STRING, BODY, 0),
		M(subscriptionTargetId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateSubscriptionRequestInput = {
		M(assetScopes, AcceptedAssetScopes, BODY, 0),
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(metadataForms, MetadataFormInputs, BODY, 0),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(assetPermissions, AssetPermissions, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(subscribedListings, SubscribedListingInputs, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipals, SubscribedPrincipalInputs, BODY, DZ_MEMBER_REQUIRED),
	},
	.CreateSubscriptionRequestOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(reviewerId, STRING, BODY, 0),
		M(metadataForms, MetadataForms, BODY, 0),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(subscribedListings, CreateSubscriptionRequestOutputSubscribedListingsList, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipals, CreateSubscriptionRequestOutputSubscribedPrincipalsList, BODY, DZ_MEMBER_REQUIRED),
		M(existingSubscriptionId, STRING, BODY, 0),
	},
	.CreateSubscriptionTargetInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, 0),
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(manageAccessRole, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(applicableAssetTypes, ApplicableAssetTypes, BODY, DZ_MEMBER_REQUIRED),
		M(authorizedPrincipals, AuthorizedPrincipalIdentifiers, BODY, DZ_MEMBER_REQUIRED),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(subscriptionTargetConfig, SubscriptionTargetForms, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionGrantCreationMode, STRING, BODY, 0),
	},
	.CreateSubscriptionTargetOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(manageAccessRole, STRING, BODY, 0),
		M(applicableAssetTypes, ApplicableAssetTypes, BODY, DZ_MEMBER_REQUIRED),
		M(authorizedPrincipals, AuthorizedPrincipalIdentifiers, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionTargetConfig, SubscriptionTargetForms, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionGrantCreationMode, STRING, BODY, 0),
	},
	.CreateUserProfileInput = {
		M(userType, STRING, BODY, 0),
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(sessionName, STRING_MIN_2, BODY, 0),
		M(userIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.CreateUserProfileOutput = {
		M(id, STRING, BODY, 0),
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(details, UserProfileDetails, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
	},
	.CustomAccountPoolHandler = {
		M(lambdaFunctionArn, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(lambdaExecutionRoleArn, STRING, BODY, 0),
	},
	.CustomParameter = {
		M(keyName, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(fieldType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(isEditable, BOOLEAN, BODY, 0),
		M(isOptional, BOOLEAN, BODY, 0),
		M(description, STRING, BODY, 0),
		M(defaultValue, STRING, BODY, 0),
		M(isUpdateSupported, BOOLEAN, BODY, 0),
	},
	.DataProductItem = {
		M(itemType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, 0),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(glossaryTerms, ItemGlossaryTerms, BODY, 0),
	},
	.DataProductItemAdditionalAttributes = {
		M(matchRationale, MatchRationale, BODY, 0),
	},
	.DataProductListing = {
		M(forms, STRING, BODY, 0),
		M(items, ListingSummaries, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(dataProductId, STRING, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
		M(dataProductRevision, STRING_MIN_1, BODY, 0),
	},
	.DataProductListingItem = {
		M(name, STRING_MIN_1, BODY, 0),
		M(items, ListingSummaryItems, BODY, 0),
		M(entityId, STRING, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(listingId, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(entityRevision, STRING_MIN_1, BODY, 0),
		M(listingRevision, STRING_MIN_1, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
		M(listingCreatedBy, STRING, BODY, 0),
		M(listingUpdatedBy, STRING, BODY, 0),
		M(additionalAttributes, DataProductListingItemAdditionalAttributes, BODY, 0),
	},
	.DataProductListingItemAdditionalAttributes = {
		M(forms, STRING, BODY, 0),
		M(matchRationale, MatchRationale, BODY, 0),
	},
	.DataProductResultItem = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING_MIN_1, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(additionalAttributes, DataProductItemAdditionalAttributes, BODY, 0),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
	},
	.DataProductRevision = {
		M(id, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(revision, STRING_MIN_1, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
	},
	.DataSourceConfigurationInput = {
		M(glueRunConfiguration, GlueRunConfigurationInput, BODY, 0),
		M(redshiftRunConfiguration, RedshiftRunConfigurationInput, BODY, 0),
		M(sageMakerRunConfiguration, SageMakerRunConfigurationInput, BODY, 0),
	},
	.DataSourceConfigurationOutput = {
		M(glueRunConfiguration, GlueRunConfigurationOutput, BODY, 0),
		M(redshiftRunConfiguration, RedshiftRunConfigurationOutput, BODY, 0),
		M(sageMakerRunConfiguration, SageMakerRunConfigurationOutput, BODY, 0),
	},
	.DataSourceErrorMessage = {
		M(errorType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(errorDetail, STRING, BODY, 0),
	},
	.DataSourceRunActivity = {
		M(database, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(dataAssetId, STRING, BODY, 0),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(technicalName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(lineageSummary, LineageInfo, BODY, 0),
		M(dataAssetStatus, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(dataSourceRunId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(technicalDescription, STRING, BODY, 0),
	},
	.DataSourceRunLineageSummary = {
		M(importStatus, STRING, BODY, 0),
	},
	.DataSourceRunSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(startedAt, TIMESTAMP_ISO, BODY, 0),
		M(stoppedAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(dataSourceId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(lineageSummary, DataSourceRunLineageSummary, BODY, 0),
		M(runStatisticsForAssets, RunStatisticsForAssets, BODY, 0),
	},
	.DataSourceSummary = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(schedule, ScheduleConfiguration, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(lastRunAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, 0),
		M(dataSourceId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(enableSetting, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(lastRunStatus, STRING, BODY, 0),
		M(lastRunAssetCount, INTEGER, BODY, 0),
		M(lastRunErrorMessage, DataSourceErrorMessage, BODY, 0),
	},
	.DeleteAccountPoolInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteAssetFilterInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(assetIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteAssetInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteAssetTypeInput = {
		M(identifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteConnectionInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteConnectionOutput = {
		M(status, STRING, BODY, 0),
	},
	.DeleteDataExportConfigurationInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteDataProductInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteDataSourceInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, PLAIN_TOKEN, QUERY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(retainPermissionsOnRevokeFailure, BOOLEAN, QUERY, 0),
	},
	.DeleteDataSourceOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(schedule, ScheduleConfiguration, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(lastRunAt, TIMESTAMP_ISO, BODY, 0),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, 0),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(configuration, DataSourceConfigurationOutput, BODY, 0),
		M(enableSetting, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(lastRunStatus, STRING, BODY, 0),
		M(publishOnImport, BOOLEAN, BODY, 0),
		M(selfGrantStatus, SelfGrantStatusOutput, BODY, 0),
		M(assetFormsOutput, FormOutputList, BODY, 0),
		M(lastRunErrorMessage, DataSourceErrorMessage, BODY, 0),
		M(retainPermissionsOnRevokeFailure, BOOLEAN, BODY, 0),
	},
	.DeleteDesignationInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteDomainInput = {
		M(identifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, PLAIN_TOKEN, QUERY, DZ_MEMBER_TOKEN),
		M(cascadeDelete, BOOLEAN, QUERY, 0),
		M(skipDeletionCheck, BOOLEAN, QUERY, 0),
	},
	.DeleteDomainOutput = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.DeleteDomainUnitInput = {
		M(identifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteEnvironmentActionInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.DeleteEnvironmentBlueprintConfigurationInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentBlueprintIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.DeleteEnvironmentBlueprintInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteEnvironmentInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteEnvironmentProfileInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteFormTypeInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(formTypeIdentifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
	},
	.DeleteGlossaryInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteGlossaryTermInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteLineageEventInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteLineageEventOutput = {
		M(id, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(processingStatus, STRING, BODY, 0),
	},
	.DeleteListingInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteNotebookInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteProgress = {
		M(successfullyDeletedProjectCount, INTEGER, BODY, 0),
	},
	.DeleteProjectInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(skipDeletionCheck, BOOLEAN, QUERY, 0),
	},
	.DeleteProjectMembershipInput = {
		M(member, Member, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.DeleteProjectProfileInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteRuleInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteSubscriptionGrantInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteSubscriptionGrantOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assets, SubscribedAssets, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(grantedEntity, GrantedEntity, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionId, STRING, BODY, 0),
		M(subscriptionTargetId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.DeleteSubscriptionRequestInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.DeleteSubscriptionTargetInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.DeleteTimeSeriesDataPointsInput = {
		M(formName, STRING_MIN_1, QUERY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, QUERY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.Deployment = {
		M(messages, DeploymentMessagesList, BODY, 0),
		M(deploymentId, STRING, BODY, 0),
		M(failureReason, EnvironmentError, BODY, 0),
		M(deploymentType, STRING, BODY, 0),
		M(deploymentStatus, STRING, BODY, 0),
		M(isDeploymentComplete, BOOLEAN, BODY, 0),
	},
	.DeploymentProperties = {
		M(endTimeoutMinutes, INTEGER, BODY, 0),
		M(startTimeoutMinutes, INTEGER, BODY, 0),
	},
	.DesignationSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(designationType, STRING, BODY, 0),
		M(deletionProtection, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
	},
	.DetailedGlossaryTerm = {
		M(name, STRING_MIN_1, BODY, 0),
		M(shortDescription, STRING, BODY, 0),
	},
	.DisassociateEnvironmentRoleInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentRoleArn, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.DisassociateGovernedTermsInput = {
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(governedGlossaryTerms, DisassociateGovernedTermsInputGovernedGlossaryTermsList, BODY, DZ_MEMBER_REQUIRED),
	},
	.DomainSummary = {
		M(id, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(arn, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(portalUrl, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainVersion, STRING, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP, BODY, 0),
		M(managedAccountId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.DomainUnitFilterForProject = {
		M(domainUnit, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.DomainUnitGrantFilter = {
		M(allDomainUnitsGrantFilter, AllDomainUnitsGrantFilter, BODY, 0),
	},
	.DomainUnitGroupProperties = {
		M(groupId, STRING, BODY, 0),
	},
	.DomainUnitOwnerProperties = {
		M(user, DomainUnitUserProperties, BODY, 0),
		M(group, DomainUnitGroupProperties, BODY, 0),
	},
	.DomainUnitPolicyGrantPrincipal = {
		M(domainUnitIdentifier, STRING_MIN_1, BODY, 0),
		M(domainUnitDesignation, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainUnitGrantFilter, DomainUnitGrantFilter, BODY, 0),
	},
	.DomainUnitSummary = {
		M(id, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.DomainUnitTarget = {
		M(domainUnitId, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.DomainUnitUserProperties = {
		M(userId, STRING, BODY, 0),
	},
	.EncryptionConfiguration = {
		M(kmsKeyArn, STRING, BODY, 0),
		M(sseAlgorithm, STRING, BODY, 0),
	},
	.EntityPattern = {
		M(filters, FilterClause, BODY, 0),
		M(entityType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.EnvironmentActionSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ActionParameters, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.EnvironmentBlueprintConfigurationItem = {
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(enabledRegions, EnabledRegionList, BODY, 0),
		M(regionalParameters, RegionalParameterMap, BODY, 0),
		M(manageAccessRoleArn, STRING, BODY, 0),
		M(provisioningRoleArn, STRING, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(resourceConfigurations, ResourceConfigurations, BODY, 0),
		M(provisioningConfigurations, ProvisioningConfigurationList, BODY, 0),
		M(allowUserProvidedConfigurations, BOOLEAN, BODY, 0),
		M(environmentRolePermissionBoundary, STRING, BODY, 0),
	},
	.EnvironmentBlueprintSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(blueprintCategory, STRING, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, DZ_MEMBER_REQUIRED),
	},
	.EnvironmentConfig = {
		M(imageVersion, STRING, BODY, 0),
		M(packageConfig, PackageConfig, BODY, 0),
	},
	.EnvironmentConfiguration = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(awsRegion, Region, BODY, 0),
		M(awsAccount, AwsAccount, BODY, 0),
		M(description, STRING, BODY, 0),
		M(accountPools, AccountPoolList, BODY, 0),
		M(deploymentMode, STRING, BODY, 0),
		M(deploymentOrder, INTEGER, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(configurationParameters, EnvironmentConfigurationParametersDetails, BODY, 0),
	},
	.EnvironmentConfigurationParameter = {
		M(name, STRING, BODY, 0),
		M(value, STRING, BODY, 0),
		M(isEditable, BOOLEAN, BODY, 0),
	},
	.EnvironmentConfigurationParametersDetails = {
		M(ssmPath, STRING_MIN_1, BODY, 0),
		M(parameterOverrides, EnvironmentConfigurationParametersList, BODY, 0),
		M(resolvedParameters, EnvironmentConfigurationParametersList, BODY, 0),
	},
	.EnvironmentConfigurationUserParameter = {
		M(environmentId, STRING, BODY, 0),
		M(environmentParameters, EnvironmentParametersList, BODY, 0),
		M(environmentResolvedAccount, EnvironmentResolvedAccount, BODY, 0),
		M(environmentConfigurationName, STRING_MIN_1, BODY, 0),
	},
	.EnvironmentDeploymentDetails = {
		M(overallDeploymentStatus, STRING, BODY, 0),
		M(environmentFailureReasons, EnvironmentFailureReasons, BODY, 0),
	},
	.EnvironmentError = {
		M(code, STRING, BODY, 0),
		M(message, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.EnvironmentParameter = {
		M(name, STRING, BODY, 0),
		M(value, STRING, BODY, 0),
	},
	.EnvironmentProfileSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.EnvironmentResolvedAccount = {
		M(regionName, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(awsAccountId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(sourceAccountPoolId, STRING, BODY, 0),
	},
	.EnvironmentSummary = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentProfileId, STRING, BODY, 0),
		M(environmentConfigurationId, STRING, BODY, 0),
		M(environmentConfigurationName, STRING_MIN_1, BODY, 0),
	},
	.EqualToExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.EventSummary = {
		M(openLineageRunEventSummary, OpenLineageRunEventSummary, BODY, 0),
	},
	.FailureCause = {
		M(message, STRING, BODY, 0),
	},
	.FailureReason = {
		M(id, STRING, BODY, 0),
		M(message, STRING, BODY, 0),
	},
	.Filter = {
		M(value, STRING, BODY, 0),
		M(intValue, LONG, BODY, 0),
		M(operator, STRING, BODY, 0),
		M(attribute, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.FilterClause = {
		M(or, FilterList, BODY, 0),
		M(and, FilterList, BODY, 0),
		M(filter, Filter, BODY, 0),
	},
	.FilterExpression = {
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(expression, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.FormEntryInput = {
		M(required, BOOLEAN, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.FormEntryOutput = {
		M(required, BOOLEAN, BODY, 0),
		M(typeName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.FormInput = {
		M(content, STRING, BODY, 0),
		M(formName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, 0),
	},
	.FormOutput = {
		M(content, STRING, BODY, 0),
		M(formName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(typeName, STRING_MIN_1, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, 0),
	},
	.FormTypeData = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(model, Model, BODY, 0),
		M(status, STRING, BODY, 0),
		M(imports, ImportList, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(originDomainId, DOMAIN_ID, BODY, 0),
		M(originProjectId, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
	},
	.GetAccountPoolInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetAccountPoolOutput = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(accountSource, AccountSource, BODY, DZ_MEMBER_REQUIRED),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(resolutionStrategy, STRING, BODY, 0),
	},
	.GetAssetFilterInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(assetIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetAssetFilterOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(description, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
		M(configuration, AssetFilterConfiguration, BODY, DZ_MEMBER_REQUIRED),
		M(effectiveRowFilter, STRING, BODY, 0),
		M(effectiveColumnNames, ColumnNameList, BODY, 0),
	},
	.GetAssetInput = {
		M(revision, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetAssetOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(listing, AssetListingDetails, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormOutputList, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(externalIdentifier, STRING_MIN_1, BODY, 0),
		M(readOnlyFormsOutput, FormOutputList, BODY, 0),
		M(governedGlossaryTerms, GetAssetOutputGovernedGlossaryTermsList, BODY, 0),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
		M(latestTimeSeriesDataPointFormsOutput, TimeSeriesDataPointSummaryFormOutputList, BODY, 0),
	},
	.GetAssetTypeInput = {
		M(revision, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetAssetTypeOutput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormsOutputMap, BODY, DZ_MEMBER_REQUIRED),
		M(originDomainId, DOMAIN_ID, BODY, 0),
		M(originProjectId, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetConnectionInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(withSecret, BOOLEAN, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetConnectionOutput = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(props, ConnectionPropertiesOutput, BODY, 0),
		M(scope, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainUnitId, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(environmentId, STRING, BODY, 0),
		M(configurations, Configurations, BODY, 0),
		M(physicalEndpoints, PhysicalEndpoints, BODY, DZ_MEMBER_REQUIRED),
		M(environmentUserRole, STRING, BODY, 0),
		M(connectionCredentials, ConnectionCredentials, BODY, 0),
	},
	.GetDataExportConfigurationInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetDataExportConfigurationOutput = {
		M(status, STRING, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(isExportEnabled, BOOLEAN, BODY, 0),
		M(s3TableBucketArn, STRING, BODY, 0),
		M(encryptionConfiguration, EncryptionConfiguration, BODY, 0),
	},
	.GetDataProductInput = {
		M(revision, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetDataProductOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(items, DataProductItems, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING_MIN_1, BODY, 0),
		M(formsOutput, FormOutputList, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(firstRevisionCreatedAt, TIMESTAMP, BODY, 0),
		M(firstRevisionCreatedBy, STRING, BODY, 0),
	},
	.GetDataSourceInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetDataSourceOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(schedule, ScheduleConfiguration, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(lastRunAt, TIMESTAMP_ISO, BODY, 0),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, 0),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(configuration, DataSourceConfigurationOutput, BODY, 0),
		M(enableSetting, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(lastRunStatus, STRING, BODY, 0),
		M(recommendation, RecommendationConfiguration, BODY, 0),
		M(publishOnImport, BOOLEAN, BODY, 0),
		M(selfGrantStatus, SelfGrantStatusOutput, BODY, 0),
		M(assetFormsOutput, FormOutputList, BODY, 0),
		M(lastRunAssetCount, INTEGER, BODY, 0),
		M(lastRunErrorMessage, DataSourceErrorMessage, BODY, 0),
	},
	.GetDataSourceRunInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetDataSourceRunOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(startedAt, TIMESTAMP_ISO, BODY, 0),
		M(stoppedAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(dataSourceId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(lineageSummary, DataSourceRunLineageSummary, BODY, 0),
		M(runStatisticsForAssets, RunStatisticsForAssets, BODY, 0),
		M(dataSourceConfigurationSnapshot, STRING, BODY, 0),
	},
	.GetDesignationInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetDesignationOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(policy, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(designationType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(deletionProtection, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetDomainInput = {
		M(identifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED),
	},
	.GetDomainOutput = {
		M(id, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(arn, STRING, BODY, 0),
		M(name, STRING, BODY, 0),
		M(tags, Tags, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(portalUrl, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(serviceRole, STRING, BODY, 0),
		M(singleSignOn, SingleSignOn, BODY, 0),
		M(domainVersion, STRING, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP, BODY, 0),
		M(deleteProgress, DeleteProgress, BODY, 0),
		M(failureReasons, FailureReasonsList, BODY, 0),
		M(kmsKeyIdentifier, STRING_MIN_1, BODY, 0),
		M(rootDomainUnitId, STRING_MIN_1, BODY, 0),
		M(domainExecutionRole, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetDomainUnitInput = {
		M(identifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetDomainUnitOutput = {
		M(id, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(owners, DomainUnitOwners, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP, BODY, 0),
		M(lastUpdatedBy, STRING, BODY, 0),
		M(parentDomainUnitId, STRING_MIN_1, BODY, 0),
	},
	.GetEnvironmentActionInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.GetEnvironmentActionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ActionParameters, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetEnvironmentBlueprintConfigurationInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentBlueprintIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.GetEnvironmentBlueprintConfigurationOutput = {
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(enabledRegions, EnabledRegionList, BODY, 0),
		M(regionalParameters, RegionalParameterMap, BODY, 0),
		M(manageAccessRoleArn, STRING, BODY, 0),
		M(provisioningRoleArn, STRING, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(resourceConfigurations, ResourceConfigurations, BODY, 0),
		M(provisioningConfigurations, ProvisioningConfigurationList, BODY, 0),
		M(allowUserProvidedConfigurations, BOOLEAN, BODY, 0),
		M(environmentRolePermissionBoundary, STRING, BODY, 0),
	},
	.GetEnvironmentBlueprintInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetEnvironmentBlueprintOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(blueprintCategory, STRING, BODY, 0),
		M(deploymentProperties, DeploymentProperties, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetEnvironmentCredentialsInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.GetEnvironmentCredentialsOutput = {
		M(expiration, TIMESTAMP_ISO, BODY, 0),
		M(accessKeyId, STRING, BODY, 0),
		M(sessionToken, STRING, BODY, 0),
		M(secretAccessKey, STRING, BODY, 0),
	},
	.GetEnvironmentInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetEnvironmentOutput = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(lastDeployment, Deployment, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentActions, EnvironmentActionList, BODY, 0),
		M(deploymentProperties, DeploymentProperties, BODY, 0),
		M(environmentProfileId, STRING, BODY, 0),
		M(provisionedResources, ResourceList, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, 0),
		M(environmentConfigurationId, STRING, BODY, 0),
		M(environmentConfigurationName, STRING_MIN_1, BODY, 0),
	},
	.GetEnvironmentProfileInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetEnvironmentProfileOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetFormTypeInput = {
		M(revision, STRING_MIN_1, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(formTypeIdentifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
	},
	.GetFormTypeOutput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(model, Model, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(imports, ImportList, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(originDomainId, DOMAIN_ID, BODY, 0),
		M(originProjectId, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
	},
	.GetGlossaryInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetGlossaryOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
	},
	.GetGlossaryTermInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetGlossaryTermOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(glossaryId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(termRelations, TermRelations, BODY, 0),
		M(longDescription, STRING, BODY, 0),
		M(shortDescription, STRING, BODY, 0),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
	},
	.GetGroupProfileInput = {
		M(groupIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetGroupProfileOutput = {
		M(id, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(groupName, STRING_MIN_1, BODY, 0),
		M(rolePrincipalId, STRING, BODY, 0),
		M(rolePrincipalArn, STRING, BODY, 0),
	},
	.GetIamPortalLoginUrlInput = {
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetIamPortalLoginUrlOutput = {
		M(authCodeUrl, STRING, BODY, 0),
		M(userProfileId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetJobRunInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetJobRunOutput = {
		M(id, STRING, BODY, 0),
		M(error, JobRunError, BODY, 0),
		M(jobId, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(details, JobRunDetails, BODY, 0),
		M(endTime, TIMESTAMP, BODY, 0),
		M(jobType, STRING, BODY, 0),
		M(runMode, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(startTime, TIMESTAMP, BODY, 0),
	},
	.GetLineageEventInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetLineageEventOutput = {
		W(id, Id, STRING, HEADER, 0, BY_PLACE),
		M(event, RUN_EVENT, PAYLOAD, 0),
		W(domainId, Domain_Id, DOMAIN_ID, HEADER, 0, BY_PLACE),
		W(createdAt, Created_At, TIMESTAMP, HEADER, 0, BY_PLACE),
		W(createdBy, Created_By, STRING, HEADER, 0, BY_PLACE),
		W(eventTime, Event_Time, TIMESTAMP, HEADER, 0, BY_PLACE),
		W(processingStatus, Processing_Status, STRING, HEADER, 0, BY_PLACE),
	},
	.GetLineageNodeInput = {
		M(identifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
		W(eventTimestamp, timestamp, TIMESTAMP, QUERY, 0, BY_PLACE),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetLineageNodeOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(typeName, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormOutputList, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(upstreamNodes, LineageNodeReferenceList, BODY, 0),
		M(eventTimestamp, TIMESTAMP, BODY, 0),
		M(downstreamNodes, LineageNodeReferenceList, BODY, 0),
		M(sourceIdentifier, STRING, BODY, 0),
	},
	.GetListingInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(listingRevision, STRING_MIN_1, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetListingOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(item, ListingItem, BODY, 0),
		M(name, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(listingRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetMetadataGenerationRunInput = {
		M(type, STRING, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetMetadataGenerationRunOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(types, MetadataGenerationRunTypes, BODY, 0),
		M(status, STRING, BODY, 0),
		M(target, MetadataGenerationRunTarget, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(typeStats, MetadataGenerationRunTypeStats, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetNotebookExportInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetNotebookExportOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(error, NotebookExportError, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(fileFormat, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(notebookId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(completedAt, TIMESTAMP, BODY, 0),
		M(outputLocation, OutputLocation, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetNotebookInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetNotebookOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(error, NotebookError, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(lockedAt, TIMESTAMP, BODY, 0),
		M(lockedBy, STRING, BODY, 0),
		M(metadata, Metadata, BODY, 0),
		M(cellOrder, CellOrder, BODY, DZ_MEMBER_REQUIRED),
		M(computeId, STRING, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(parameters, Parameters, BODY, 0),
		M(description, STRING, BODY, 0),
		M(gitMetadata, GitMetadata, BODY, 0),
		M(lockExpiresAt, TIMESTAMP, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(environmentConfiguration, EnvironmentConfig, BODY, 0),
	},
	.GetNotebookRunInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetNotebookRunOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(error, NotebookRunError, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(metadata, Metadata, BODY, 0),
		M(cellOrder, CellOrder, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(startedAt, TIMESTAMP, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(notebookId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, Parameters, BODY, 0),
		M(scheduleId, STRING, BODY, 0),
		M(completedAt, TIMESTAMP, BODY, 0),
		M(triggerSource, TriggerSource, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(computeConfiguration, ComputeConfig, BODY, 0),
		M(networkConfiguration, NetworkConfig, BODY, 0),
		M(storageConfiguration, StorageConfig, BODY, 0),
		M(timeoutConfiguration, TimeoutConfig, BODY, 0),
		M(environmentConfiguration, EnvironmentConfig, BODY, 0),
		M(notificationConfiguration, NotificationConfig, BODY, 0),
	},
	.GetProjectInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetProjectOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(resourceTags, ResourceTags, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(projectStatus, STRING, BODY, 0),
		M(failureReasons, FailureReasons, BODY, 0),
		M(userParameters, EnvironmentConfigurationUserParametersList, BODY, 0),
		M(projectCategory, STRING, BODY, 0),
		M(projectProfileId, STRING, BODY, 0),
		M(environmentDeploymentDetails, EnvironmentDeploymentDetails, BODY, 0),
	},
	.GetProjectProfileInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetProjectProfileOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(projectResourceTags, ProjectResourceTagParameters, BODY, 0),
		M(environmentConfigurations, EnvironmentConfigurationsList, BODY, 0),
		M(allowCustomProjectResourceTags, BOOLEAN, BODY, 0),
		M(projectResourceTagsDescription, STRING, BODY, 0),
	},
	.GetRuleInput = {
		M(revision, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetRuleOutput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(scope, RuleScope, BODY, DZ_MEMBER_REQUIRED),
		M(action, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(detail, RuleDetail, BODY, DZ_MEMBER_REQUIRED),
		M(target, RuleTarget, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(ruleType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(targetType, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(lastUpdatedBy, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetSubscriptionGrantInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetSubscriptionGrantOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assets, SubscribedAssets, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(grantedEntity, GrantedEntity, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionId, STRING, BODY, 0),
		M(subscriptionTargetId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GetSubscriptionInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetSubscriptionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(retainPermissions, BOOLEAN, BODY, 0),
		M(subscribedListing, SubscribedListing, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipal, SubscribedPrincipal, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionRequestId, STRING, BODY, 0),
	},
	.GetSubscriptionRequestDetailsInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetSubscriptionRequestDetailsOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(reviewerId, STRING, BODY, 0),
		M(metadataForms, MetadataForms, BODY, 0),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(subscribedListings, GetSubscriptionRequestDetailsOutputSubscribedListingsList, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipals, GetSubscriptionRequestDetailsOutputSubscribedPrincipalsList, BODY, DZ_MEMBER_REQUIRED),
		M(existingSubscriptionId, STRING, BODY, 0),
	},
	.GetSubscriptionTargetInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.GetSubscriptionTargetOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(manageAccessRole, STRING, BODY, 0),
		M(applicableAssetTypes, ApplicableAssetTypes, BODY, DZ_MEMBER_REQUIRED),
		M(authorizedPrincipals, AuthorizedPrincipalIdentifiers, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionTargetConfig, SubscriptionTargetForms, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionGrantCreationMode, STRING, BODY, 0),
	},
	.GetTimeSeriesDataPointInput = {
		M(formName, STRING_MIN_1, QUERY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.GetTimeSeriesDataPointOutput = {
		M(form, TimeSeriesDataPointFormOutput, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(entityId, STRING, BODY, 0),
		M(formName, STRING_MIN_1, BODY, 0),
		M(entityType, STRING, BODY, 0),
	},
	.GetUserProfileInput = {
		M(type, STRING, QUERY, 0),
		M(sessionName, STRING_MIN_2, QUERY, 0),
		M(userIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.GetUserProfileOutput = {
		M(id, STRING, BODY, 0),
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(details, UserProfileDetails, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
	},
	.GitMetadata = {
		M(branch, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(fileName, STRING_MIN_1, BODY, 0),
		M(commitHash, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(repository, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(committedAt, TIMESTAMP, BODY, 0),
		M(connectionId, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(commitMessage, STRING, BODY, 0),
	},
	.GitPropertiesInput = {
		M(repositoryId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(defaultBranch, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(codeConnectionArn, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GitPropertiesOutput = {
		M(status, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
		M(repositoryId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(defaultBranch, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(codeConnectionArn, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GitPropertiesPatch = {
		M(defaultBranch, STRING, BODY, 0),
		M(codeConnectionArn, STRING, BODY, 0),
	},
	.GlossaryItem = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
		M(additionalAttributes, GlossaryItemAdditionalAttributes, BODY, 0),
	},
	.GlossaryItemAdditionalAttributes = {
		M(matchRationale, MatchRationale, BODY, 0),
	},
	.GlossaryTermEnforcementDetail = {
		M(requiredGlossaryTermIds, GlossaryTermIdentifiers, BODY, 0),
	},
	.GlossaryTermItem = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(glossaryId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(termRelations, TermRelations, BODY, 0),
		M(longDescription, STRING, BODY, 0),
		M(shortDescription, STRING, BODY, 0),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
		M(additionalAttributes, GlossaryTermItemAdditionalAttributes, BODY, 0),
	},
	.GlossaryTermItemAdditionalAttributes = {
		M(matchRationale, MatchRationale, BODY, 0),
	},
	.GlueConnection = {
		M(name, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(creationTime, TIMESTAMP, BODY, 0),
		M(statusReason, STRING_MIN_1, BODY, 0),
		M(lastUpdatedBy, STRING, BODY, 0),
		M(matchCriteria, MatchCriteria, BODY, 0),
		M(connectionType, STRING, BODY, 0),
		M(lastUpdatedTime, TIMESTAMP, BODY, 0),
		M(sparkProperties, PropertyMap, BODY, 0),
		M(athenaProperties, PropertyMap, BODY, 0),
		M(pythonProperties, PropertyMap, BODY, 0),
		M(connectionProperties, ConnectionProperties, BODY, 0),
		M(connectionSchemaVersion, INTEGER, BODY, 0),
		M(authenticationConfiguration, AuthenticationConfiguration, BODY, 0),
		M(lastConnectionValidationTime, TIMESTAMP, BODY, 0),
		M(compatibleComputeEnvironments, ComputeEnvironmentsList, BODY, 0),
		M(physicalConnectionRequirements, PhysicalConnectionRequirements, BODY, 0),
	},
	.GlueConnectionInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(description, STRING, BODY, 0),
		M(matchCriteria, STRING, BODY, 0),
		M(connectionType, STRING, BODY, 0),
		M(sparkProperties, PropertyMap, BODY, 0),
		M(athenaProperties, PropertyMap, BODY, 0),
		M(pythonProperties, PropertyMap, BODY, 0),
		M(validateCredentials, BOOLEAN, BODY, 0),
		M(connectionProperties, ConnectionProperties, BODY, 0),
		M(authenticationConfiguration, AuthenticationConfigurationInput, BODY, 0),
		M(physicalConnectionRequirements, PhysicalConnectionRequirements, BODY, 0),
		M(validateForComputeEnvironments, ComputeEnvironmentsList, BODY, 0),
	},
	.GlueConnectionPatch = {
		M(description, STRING, BODY, 0),
		M(connectionProperties, ConnectionProperties, BODY, 0),
		M(authenticationConfiguration, AuthenticationConfigurationPatch, BODY, 0),
	},
	.GlueOAuth2Credentials = {
		M(jwtToken, STRING, BODY, 0),
		M(accessToken, STRING, BODY, 0),
		M(refreshToken, STRING, BODY, 0),
		M(userManagedClientApplicationClientSecret, STRING, BODY, 0),
	},
	.GluePropertiesInput = {
		M(glueConnectionInput, GlueConnectionInput, BODY, 0),
	},
	.GluePropertiesOutput = {
		M(status, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
	},
	.GluePropertiesPatch = {
		M(glueConnectionInput, GlueConnectionPatch, BODY, 0),
	},
	.GlueRunConfigurationInput = {
		M(catalogName, STRING_MIN_1, BODY, 0),
		M(dataAccessRole, STRING, BODY, 0),
		M(autoImportDataQualityResult, BOOLEAN, BODY, 0),
		M(relationalFilterConfigurations, RelationalFilterConfigurations, BODY, DZ_MEMBER_REQUIRED),
	},
	.GlueRunConfigurationOutput = {
		M(region, STRING_MIN_4, BODY, 0),
		M(accountId, STRING_MIN_12, BODY, 0),
		M(catalogName, STRING_MIN_1, BODY, 0),
		M(dataAccessRole, STRING, BODY, 0),
		M(autoImportDataQualityResult, BOOLEAN, BODY, 0),
		M(relationalFilterConfigurations, RelationalFilterConfigurations, BODY, DZ_MEMBER_REQUIRED),
	},
	.GlueSelfGrantStatusOutput = {
		M(selfGrantStatusDetails, SelfGrantStatusDetails, BODY, DZ_MEMBER_REQUIRED),
	},
	.GrantedEntity = {
		M(listing, ListingRevision, BODY, 0),
	},
	.GrantedEntityInput = {
		M(listing, ListingRevisionInput, BODY, 0),
	},
	.GreaterThanExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GreaterThanOrEqualToExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GroupDetails = {
		M(groupId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.GroupPolicyGrantPrincipal = {
		M(groupIdentifier, STRING, BODY, 0),
	},
	.GroupProfileSummary = {
		M(id, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(groupName, STRING_MIN_1, BODY, 0),
		M(rolePrincipalId, STRING, BODY, 0),
		M(rolePrincipalArn, STRING, BODY, 0),
	},
	.HyperPodPropertiesInput = {
		M(clusterName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.HyperPodPropertiesOutput = {
		M(clusterArn, STRING, BODY, 0),
		M(clusterName, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(orchestrator, STRING, BODY, 0),
	},
	.IamPropertiesInput = {
		M(roleArn, STRING, BODY, 0),
		M(glueLineageSyncEnabled, BOOLEAN, BODY, 0),
	},
	.IamPropertiesOutput = {
		M(environmentId, STRING, BODY, 0),
		M(glueLineageSyncEnabled, BOOLEAN, BODY, 0),
	},
	.IamPropertiesPatch = {
		M(glueLineageSyncEnabled, BOOLEAN, BODY, 0),
	},
	.IamUserProfileDetails = {
		M(arn, STRING, BODY, 0),
		M(principalId, STRING, BODY, 0),
		M(sessionName, STRING, BODY, 0),
		M(groupProfileId, STRING, BODY, 0),
	},
	.IdentityMapping = {
		M(prefix, STRING, BODY, 0),
		M(usernameAttribute, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.Import = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.InExpression = {
		M(values, StringList, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.IsNotNullExpression = {
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.IsNullExpression = {
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.JobRunDetails = {
		M(lineageRunDetails, LineageRunDetails, BODY, 0),
	},
	.JobRunError = {
		M(message, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.JobRunSummary = {
		M(error, JobRunError, BODY, 0),
		M(jobId, STRING, BODY, 0),
		M(runId, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(endTime, TIMESTAMP, BODY, 0),
		M(jobType, STRING, BODY, 0),
		M(runMode, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(startTime, TIMESTAMP, BODY, 0),
	},
	.LakeFormationConfiguration = {
		M(locationRegistrationRole, STRING, BODY, 0),
		M(locationRegistrationExcludeS3Locations, S3LocationList, BODY, 0),
	},
	.LakehousePropertiesInput = {
		M(glueLineageSyncEnabled, BOOLEAN, BODY, 0),
	},
	.LakehousePropertiesOutput = {
		M(glueLineageSyncEnabled, BOOLEAN, BODY, 0),
	},
	.LakehousePropertiesPatch = {
		M(glueLineageSyncEnabled, BOOLEAN, BODY, 0),
	},
	.LessThanExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.LessThanOrEqualToExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.LikeExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.LineageEventSummary = {
		M(id, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(eventTime, TIMESTAMP, BODY, 0),
		M(eventSummary, EventSummary, BODY, 0),
		M(processingStatus, STRING, BODY, 0),
	},
	.LineageInfo = {
		M(eventId, STRING, BODY, 0),
		M(eventStatus, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
	},
	.LineageNodeItem = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(typeName, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormOutputList, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(eventTimestamp, TIMESTAMP, BODY, 0),
		M(sourceIdentifier, STRING, BODY, 0),
		M(upstreamLineageNodeIds, LineageNodeIds, BODY, 0),
		M(downstreamLineageNodeIds, LineageNodeIds, BODY, 0),
	},
	.LineageNodeReference = {
		M(id, STRING, BODY, 0),
		M(eventTimestamp, TIMESTAMP, BODY, 0),
	},
	.LineageNodeSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(typeName, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(eventTimestamp, TIMESTAMP, BODY, 0),
		M(sourceIdentifier, STRING, BODY, 0),
	},
	.LineageNodeTypeItem = {
		M(name, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(formsOutput, FormsOutputMap, BODY, DZ_MEMBER_REQUIRED),
	},
	.LineageRunDetails = {
		M(sqlQueryRunDetails, LineageSqlQueryRunDetails, BODY, 0),
	},
	.LineageSqlQueryRunDetails = {
		M(queryEndTime, TIMESTAMP, BODY, 0),
		M(errorMessages, FailedQueryProcessingErrorMessages, BODY, 0),
		M(queryStartTime, TIMESTAMP, BODY, 0),
		M(numQueriesFailed, INTEGER, BODY, 0),
		M(totalQueriesProcessed, INTEGER, BODY, 0),
	},
	.LineageSyncInput = {
		M(enabled, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
		M(schedule, STRING_MIN_1, BODY, 0),
		M(timezone, STRING, BODY, 0),
	},
	.LineageSyncOutput = {
		M(enabled, BOOLEAN, BODY, 0),
		M(schedule, STRING_MIN_1, BODY, 0),
		M(timezone, STRING, BODY, 0),
		M(lineageJobId, STRING, BODY, 0),
	},
	.LineageSyncSchedule = {
		M(schedule, STRING, BODY, 0),
	},
	.ListAccountPoolsInput = {
		M(name, STRING_MIN_1, QUERY, 0),
		M(sortBy, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListAccountPoolsOutput = {
		M(items, AccountPoolSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListAccountsInAccountPoolInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListAccountsInAccountPoolOutput = {
		M(items, AccountInfoList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListAssetFiltersInput = {
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(assetIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListAssetFiltersOutput = {
		M(items, AssetFilters, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListAssetRevisionsInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListAssetRevisionsOutput = {
		M(items, AssetRevisions, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListConnectionsInput = {
		M(name, STRING, QUERY, 0),
		M(type, STRING, QUERY, 0),
		M(scope, STRING, QUERY, 0),
		M(sortBy, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, QUERY, 0),
		M(environmentIdentifier, STRING, QUERY, 0),
	},
	.ListConnectionsOutput = {
		M(items, ConnectionSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListDataProductRevisionsInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListDataProductRevisionsOutput = {
		M(items, DataProductRevisions, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListDataSourceRunActivitiesInput = {
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListDataSourceRunActivitiesOutput = {
		M(items, DataSourceRunActivities, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListDataSourceRunsInput = {
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(dataSourceIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListDataSourceRunsOutput = {
		M(items, DataSourceRunSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListDataSourcesInput = {
		M(name, STRING_MIN_1, QUERY, 0),
		M(type, STRING_MIN_1, QUERY, 0),
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, QUERY, DZ_MEMBER_REQUIRED),
		M(connectionIdentifier, STRING, QUERY, 0),
		M(environmentIdentifier, STRING, QUERY, 0),
	},
	.ListDataSourcesOutput = {
		M(items, DataSourceSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListDesignationsInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListDesignationsOutput = {
		M(items, DesignationSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListDomainUnitsForParentInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(parentDomainUnitIdentifier, STRING_MIN_1, QUERY, DZ_MEMBER_REQUIRED),
	},
	.ListDomainUnitsForParentOutput = {
		M(items, DomainUnitSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListDomainsInput = {
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
	},
	.ListDomainsOutput = {
		M(items, DomainSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListEntityOwnersInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListEntityOwnersOutput = {
		M(owners, EntityOwners, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListEnvironmentActionsInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListEnvironmentActionsOutput = {
		M(items, ListEnvironmentActionSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListEnvironmentBlueprintConfigurationsInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListEnvironmentBlueprintConfigurationsOutput = {
		M(items, EnvironmentBlueprintConfigurations, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListEnvironmentBlueprintsInput = {
		M(name, STRING_MIN_1, QUERY, 0),
		M(managed, BOOLEAN, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListEnvironmentBlueprintsOutput = {
		M(items, EnvironmentBlueprintSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListEnvironmentProfilesInput = {
		M(name, STRING_MIN_1, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(awsAccountId, STRING, QUERY, 0),
		M(awsAccountRegion, STRING, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, QUERY, 0),
		M(environmentBlueprintIdentifier, STRING, QUERY, 0),
	},
	.ListEnvironmentProfilesOutput = {
		M(items, EnvironmentProfileSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListEnvironmentsInput = {
		M(name, STRING, QUERY, 0),
		M(status, STRING, QUERY, 0),
		M(provider, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(awsAccountId, STRING, QUERY, 0),
		M(awsAccountRegion, STRING, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, QUERY, DZ_MEMBER_REQUIRED),
		M(environmentProfileIdentifier, STRING, QUERY, 0),
		M(environmentBlueprintIdentifier, STRING, QUERY, 0),
	},
	.ListEnvironmentsOutput = {
		M(items, EnvironmentSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListJobRunsInput = {
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(jobIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListJobRunsOutput = {
		M(items, JobRunSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListLineageEventsInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(timestampAfter, TIMESTAMP, QUERY, 0),
		M(timestampBefore, TIMESTAMP, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(processingStatus, STRING, QUERY, 0),
	},
	.ListLineageEventsOutput = {
		M(items, LineageEventSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListLineageNodeHistoryInput = {
		M(direction, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(identifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		W(eventTimestampGTE, timestampGTE, TIMESTAMP, QUERY, 0, BY_PLACE),
		W(eventTimestampLTE, timestampLTE, TIMESTAMP, QUERY, 0, BY_PLACE),
	},
	.ListLineageNodeHistoryOutput = {
		M(nodes, LineageNodeSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListMetadataGenerationRunsInput = {
		M(type, STRING, QUERY, 0),
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(targetIdentifier, STRING, QUERY, 0),
	},
	.ListMetadataGenerationRunsOutput = {
		M(items, MetadataGenerationRuns, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListNotebookRunsInput = {
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(notebookIdentifier, STRING, QUERY, 0),
		M(scheduleIdentifier, STRING, QUERY, 0),
		M(owningProjectIdentifier, STRING, QUERY, DZ_MEMBER_REQUIRED),
	},
	.ListNotebookRunsOutput = {
		M(items, NotebookRunSummaryList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListNotebooksInput = {
		M(type, STRING, QUERY, 0),
		M(sortBy, STRING, QUERY, 0),
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, QUERY, DZ_MEMBER_REQUIRED),
	},
	.ListNotebooksOutput = {
		M(items, NotebookSummaryList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListNotificationsInput = {
		M(type, STRING, QUERY, DZ_MEMBER_REQUIRED),
		M(subjects, NotificationSubjects, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(taskStatus, STRING, QUERY, 0),
		M(afterTimestamp, TIMESTAMP, QUERY, 0),
		M(beforeTimestamp, TIMESTAMP, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListNotificationsOutput = {
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(notifications, NotificationsList, BODY, 0),
	},
	.ListPolicyGrantsInput = {
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(policyType, STRING, QUERY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListPolicyGrantsOutput = {
		M(grantList, PolicyGrantList, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListProjectMembershipsInput = {
		M(sortBy, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListProjectMembershipsOutput = {
		M(members, ProjectMembers, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListProjectProfilesInput = {
		M(name, STRING_MIN_1, QUERY, 0),
		M(sortBy, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListProjectProfilesOutput = {
		M(items, ProjectProfileSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListProjectsInput = {
		M(name, STRING_MIN_1, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(userIdentifier, STRING, QUERY, 0),
		M(groupIdentifier, STRING, QUERY, 0),
		M(projectCategory, STRING, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.ListProjectsOutput = {
		M(items, ProjectSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListRulesInput = {
		W(action, ruleAction, STRING, QUERY, 0, BY_PLACE),
		M(ruleType, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(assetTypes, AssetTypeIdentifiers, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(projectIds, ProjectIds, QUERY, 0),
		M(targetType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(dataProduct, BOOLEAN, QUERY, 0),
		M(includeCascaded, BOOLEAN, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(targetIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListRulesOutput = {
		M(items, RuleSummaries, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListSubscriptionGrantsInput = {
		M(sortBy, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(owningUserId, STRING, QUERY, 0),
		M(environmentId, STRING, QUERY, 0),
		M(owningGroupId, STRING, QUERY, 0),
		M(subscriptionId, STRING, QUERY, 0),
		M(owningProjectId, STRING, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(subscribedListingId, STRING, QUERY, 0),
		M(subscriptionTargetId, STRING, QUERY, 0),
		M(owningIamPrincipalArn, STRING_MIN_1, QUERY, 0),
	},
	.ListSubscriptionGrantsOutput = {
		M(items, SubscriptionGrants, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListSubscriptionRequestsInput = {
		M(sortBy, STRING, QUERY, 0),
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(owningUserId, STRING, QUERY, 0),
		M(owningGroupId, STRING, QUERY, 0),
		M(owningProjectId, STRING, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(approverProjectId, STRING, QUERY, 0),
		M(subscribedListingId, STRING, QUERY, 0),
		M(owningIamPrincipalArn, STRING_MIN_1, QUERY, 0),
	},
	.ListSubscriptionRequestsOutput = {
		M(items, SubscriptionRequests, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListSubscriptionTargetsInput = {
		M(sortBy, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListSubscriptionTargetsOutput = {
		M(items, SubscriptionTargets, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListSubscriptionsInput = {
		M(sortBy, STRING, QUERY, 0),
		M(status, STRING, QUERY, 0),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(sortOrder, STRING, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(owningUserId, STRING, QUERY, 0),
		M(owningGroupId, STRING, QUERY, 0),
		M(owningProjectId, STRING, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(approverProjectId, STRING, QUERY, 0),
		M(subscribedListingId, STRING, QUERY, 0),
		M(owningIamPrincipalArn, STRING_MIN_1, QUERY, 0),
		M(subscriptionRequestIdentifier, STRING, QUERY, 0),
	},
	.ListSubscriptionsOutput = {
		M(items, Subscriptions, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListTagsForResourceRequest = {
		M(resourceArn, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListTagsForResourceResponse = {
		M(tags, Tags, BODY, 0),
	},
	.ListTimeSeriesDataPointsInput = {
		M(endedAt, TIMESTAMP, QUERY, 0),
		M(formName, STRING_MIN_1, QUERY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(startedAt, TIMESTAMP, QUERY, 0),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.ListTimeSeriesDataPointsOutput = {
		M(items, TimeSeriesDataPointSummaryFormOutputList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.ListingItem = {
		M(assetListing, AssetListing, BODY, 0),
		M(dataProductListing, DataProductListing, BODY, 0),
	},
	.ListingRevision = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.ListingRevisionInput = {
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.ListingSummary = {
		M(listingId, STRING, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(listingRevision, STRING_MIN_1, BODY, 0),
	},
	.ListingSummaryItem = {
		M(listingId, STRING, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(listingRevision, STRING_MIN_1, BODY, 0),
	},
	.ManagedEndpointCredentials = {
		M(id, STRING, BODY, 0),
		M(token, STRING, BODY, 0),
	},
	.MatchClause = {
		M(entityPattern, EntityPattern, BODY, 0),
		M(relationPattern, RelationPattern, BODY, 0),
	},
	.MatchOffset = {
		M(endOffset, INTEGER, BODY, 0),
		M(startOffset, INTEGER, BODY, 0),
	},
	.MatchRationaleItem = {
		M(textMatches, TextMatches, BODY, 0),
	},
	.Member = {
		M(userIdentifier, STRING, BODY, 0),
		M(groupIdentifier, STRING, BODY, 0),
	},
	.MemberDetails = {
		M(user, UserDetails, BODY, 0),
		M(group, GroupDetails, BODY, 0),
	},
	.MetadataFormEnforcementDetail = {
		M(requiredMetadataForms, RequiredMetadataFormList, BODY, 0),
	},
	.MetadataFormReference = {
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.MetadataFormSummary = {
		M(formName, STRING_MIN_1, BODY, 0),
		M(typeName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.MetadataGenerationRunItem = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(types, MetadataGenerationRunTypes, BODY, 0),
		M(status, STRING, BODY, 0),
		M(target, MetadataGenerationRunTarget, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.MetadataGenerationRunTarget = {
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, 0),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.MetadataGenerationRunTypeStat = {
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(errorMessage, STRING, BODY, 0),
	},
	.MlflowPropertiesInput = {
		M(trackingServerArn, STRING, BODY, 0),
	},
	.MlflowPropertiesOutput = {
		M(trackingServerArn, STRING, BODY, 0),
	},
	.MlflowPropertiesPatch = {
		M(trackingServerArn, STRING, BODY, 0),
	},
	.Model = {
		M(smithy, STRING_MIN_1, BODY, 0),
	},
	.NameIdentifier = {
		M(name, STRING, BODY, 0),
		M(namespace, STRING, BODY, 0),
	},
	.NetworkConfig = {
		M(vpcId, STRING, BODY, 0),
		M(subnetIds, SubnetIds, BODY, 0),
		M(securityGroupIds, SecurityGroupIds, BODY, 0),
		M(networkAccessType, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotEqualToExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotInExpression = {
		M(values, StringList, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotLikeExpression = {
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(columnName, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotebookError = {
		M(message, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotebookExportError = {
		M(message, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotebookRunError = {
		M(message, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotebookRunSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(startedAt, TIMESTAMP, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(notebookId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(scheduleId, STRING, BODY, 0),
		M(completedAt, TIMESTAMP, BODY, 0),
		M(triggerSource, TriggerSource, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotebookSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotificationConfig = {
		M(notifyOn, NotifyOnStates, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotificationOutput = {
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(title, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(topic, Topic, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(message, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(metadata, MetadataMap, BODY, 0),
		M(actionLink, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(creationTimestamp, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(lastUpdatedTimestamp, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
	},
	.NotificationResource = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, 0),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.OAuth2ClientApplication = {
		M(aWSManagedClientApplicationReference, STRING, BODY, 0),
		M(userManagedClientApplicationClientId, STRING, BODY, 0),
	},
	.OAuth2Properties = {
		M(tokenUrl, STRING, BODY, 0),
		M(oAuth2GrantType, STRING, BODY, 0),
		M(oAuth2Credentials, GlueOAuth2Credentials, BODY, 0),
		M(tokenUrlParametersMap, TokenUrlParametersMap, BODY, 0),
		M(oAuth2ClientApplication, OAuth2ClientApplication, BODY, 0),
		M(authorizationCodeProperties, AuthorizationCodeProperties, BODY, 0),
	},
	.OpenLineageRunEventSummary = {
		M(job, NameIdentifier, BODY, 0),
		M(runId, STRING, BODY, 0),
		M(inputs, NameIdentifiers, BODY, 0),
		M(outputs, NameIdentifiers, BODY, 0),
		M(eventType, STRING, BODY, 0),
	},
	.OutputLocation = {
		M(s3, S3Destination, BODY, 0),
	},
	.OverrideDomainUnitOwnersPolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.OverrideProjectOwnersPolicyGrantDetail = {
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.OwnerGroupProperties = {
		M(groupIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.OwnerGroupPropertiesOutput = {
		M(groupId, STRING, BODY, 0),
	},
	.OwnerProperties = {
		M(user, OwnerUserProperties, BODY, 0),
		M(group, OwnerGroupProperties, BODY, 0),
	},
	.OwnerPropertiesOutput = {
		M(user, OwnerUserPropertiesOutput, BODY, 0),
		M(group, OwnerGroupPropertiesOutput, BODY, 0),
	},
	.OwnerUserProperties = {
		M(userIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.OwnerUserPropertiesOutput = {
		M(userId, STRING, BODY, 0),
	},
	.PackageConfig = {
		M(packageManager, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(packageSpecification, STRING, BODY, 0),
	},
	.Permissions = {
		M(s3, S3Permissions, BODY, 0),
	},
	.PhysicalConnectionRequirements = {
		M(subnetId, STRING, BODY, 0),
		M(subnetIdList, SubnetIdList, BODY, 0),
		M(availabilityZone, STRING_MIN_1, BODY, 0),
		M(securityGroupIdList, SecurityGroupIdList, BODY, 0),
	},
	.PhysicalEndpoint = {
		M(host, STRING, BODY, 0),
		M(port, INTEGER, BODY, 0),
		M(stage, STRING, BODY, 0),
		M(protocol, STRING, BODY, 0),
		M(awsLocation, AwsLocation, BODY, 0),
		M(glueConnection, GlueConnection, BODY, 0),
		M(glueConnectionName, STRING, BODY, 0),
		M(glueConnectionNames, GlueConnectionNames, BODY, 0),
		M(enableTrustedIdentityPropagation, BOOLEAN, BODY, 0),
	},
	.PolicyGrantDetail = {
		M(useAssetType, UseAssetTypePolicyGrantDetail, BODY, 0),
		M(createProject, CreateProjectPolicyGrantDetail, BODY, 0),
		M(createFormType, CreateFormTypePolicyGrantDetail, BODY, 0),
		M(createGlossary, CreateGlossaryPolicyGrantDetail, BODY, 0),
		M(createAssetType, CreateAssetTypePolicyGrantDetail, BODY, 0),
		M(createDomainUnit, CreateDomainUnitPolicyGrantDetail, BODY, 0),
		M(createEnvironment, Unit, BODY, 0),
		M(overrideProjectOwners, OverrideProjectOwnersPolicyGrantDetail, BODY, 0),
		M(addToProjectMemberPool, AddToProjectMemberPoolPolicyGrantDetail, BODY, 0),
		M(createEnvironmentProfile, CreateEnvironmentProfilePolicyGrantDetail, BODY, 0),
		M(overrideDomainUnitOwners, OverrideDomainUnitOwnersPolicyGrantDetail, BODY, 0),
		M(createEnvironmentFromBlueprint, Unit, BODY, 0),
		M(createProjectFromProjectProfile, CreateProjectFromProjectProfilePolicyGrantDetail, BODY, 0),
		M(delegateCreateEnvironmentProfile, Unit, BODY, 0),
	},
	.PolicyGrantMember = {
		M(detail, PolicyGrantDetail, BODY, 0),
		M(grantId, STRING, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(principal, PolicyGrantPrincipal, BODY, 0),
	},
	.PolicyGrantPrincipal = {
		M(user, UserPolicyGrantPrincipal, BODY, 0),
		M(group, GroupPolicyGrantPrincipal, BODY, 0),
		M(project, ProjectPolicyGrantPrincipal, BODY, 0),
		M(domainUnit, DomainUnitPolicyGrantPrincipal, BODY, 0),
	},
	.PostLineageEventInput = {
		M(event, RUN_EVENT, PAYLOAD, DZ_MEMBER_REQUIRED),
		W(clientToken, Client_Token, CLIENT_TOKEN, HEADER, DZ_MEMBER_TOKEN | DZ_MEMBER_ALSO_QUERY, BY_PLACE),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.PostLineageEventOutput = {
		M(id, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
	},
	.PostTimeSeriesDataPointsInput = {
		M(forms, TimeSeriesDataPointFormInputList, BODY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.PostTimeSeriesDataPointsOutput = {
		M(forms, TimeSeriesDataPointFormOutputList, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(entityId, STRING, BODY, 0),
		M(entityType, STRING, BODY, 0),
	},
	.PredictionConfiguration = {
		M(businessNameGeneration, BusinessNameGenerationConfiguration, BODY, 0),
	},
	.ProjectDeletionError = {
		M(code, STRING, BODY, 0),
		M(message, STRING, BODY, 0),
	},
	.ProjectGrantFilter = {
		M(domainUnitFilter, DomainUnitFilterForProject, BODY, 0),
	},
	.ProjectMember = {
		M(designation, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(memberDetails, MemberDetails, BODY, DZ_MEMBER_REQUIRED),
		M(userCreatedDesignationId, STRING, BODY, 0),
	},
	.ProjectMembershipAssignment = {
		M(member, Member, BODY, DZ_MEMBER_REQUIRED),
		M(designation, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(userCreatedDesignationId, STRING, BODY, 0),
	},
	.ProjectPolicyGrantPrincipal = {
		M(projectIdentifier, STRING, BODY, 0),
		M(projectDesignation, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectGrantFilter, ProjectGrantFilter, BODY, 0),
		M(userCreatedDesignationId, STRING, BODY, 0),
	},
	.ProjectProfileSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
	},
	.ProjectSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(projectStatus, STRING, BODY, 0),
		M(failureReasons, FailureReasons, BODY, 0),
		M(projectCategory, STRING, BODY, 0),
	},
	.ProjectsForRule = {
		M(selectionMode, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(specificProjects, RuleProjectIdentifierList, BODY, 0),
	},
	.ProvisioningConfiguration = {
		M(lakeFormationConfiguration, LakeFormationConfiguration, BODY, 0),
	},
	.ProvisioningProperties = {
		M(cloudFormation, CloudFormationProperties, BODY, 0),
	},
	.PutDataExportConfigurationInput = {
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(enableExport, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(encryptionConfiguration, EncryptionConfiguration, BODY, 0),
	},
	.PutEnvironmentBlueprintConfigurationInput = {
		M(enabledRegions, EnabledRegionList, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(globalParameters, GlobalParameterMap, BODY, 0),
		M(regionalParameters, RegionalParameterMap, BODY, 0),
		M(manageAccessRoleArn, STRING, BODY, 0),
		M(provisioningRoleArn, STRING, BODY, 0),
		M(resourceConfigurations, PutResourceConfigurations, BODY, 0),
		M(provisioningConfigurations, ProvisioningConfigurationList, BODY, 0),
		M(environmentBlueprintIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(allowUserProvidedConfigurations, BOOLEAN, BODY, 0),
		M(environmentRolePermissionBoundary, STRING, BODY, 0),
	},
	.PutEnvironmentBlueprintConfigurationOutput = {
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(enabledRegions, EnabledRegionList, BODY, 0),
		M(regionalParameters, RegionalParameterMap, BODY, 0),
		M(manageAccessRoleArn, STRING, BODY, 0),
		M(provisioningRoleArn, STRING, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(resourceConfigurations, ResourceConfigurations, BODY, 0),
		M(provisioningConfigurations, ProvisioningConfigurationList, BODY, 0),
		M(allowUserProvidedConfigurations, BOOLEAN, BODY, 0),
		M(environmentRolePermissionBoundary, STRING, BODY, 0),
	},
	.PutResourceConfiguration = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(region, STRING_MIN_4, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ResourceConfigurationParameterMap, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
	},
	.QueryGraphInput = {
		M(match, MatchClauses, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, QUERY, 0),
		M(maxResults, INTEGER, QUERY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(additionalAttributes, AdditionalAttributes, BODY, 0),
	},
	.QueryGraphOutput = {
		M(items, ResultItemList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.RecommendationConfiguration = {
		M(enableBusinessNameGeneration, BOOLEAN, BODY, 0),
	},
	.RedshiftClusterStorage = {
		M(clusterName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.RedshiftCredentialConfiguration = {
		M(secretManagerArn, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.RedshiftCredentials = {
		M(secretArn, STRING, BODY, 0),
		M(usernamePassword, UsernamePassword, BODY, 0),
	},
	.RedshiftLineageSyncConfigurationInput = {
		M(enabled, BOOLEAN, BODY, 0),
		M(schedule, LineageSyncSchedule, BODY, 0),
	},
	.RedshiftLineageSyncConfigurationOutput = {
		M(enabled, BOOLEAN, BODY, 0),
		M(schedule, LineageSyncSchedule, BODY, 0),
		M(lineageJobId, STRING, BODY, 0),
	},
	.RedshiftPropertiesInput = {
		M(host, STRING, BODY, 0),
		M(port, INTEGER, BODY, 0),
		M(storage, RedshiftStorageProperties, BODY, 0),
		M(credentials, RedshiftCredentials, BODY, 0),
		M(lineageSync, RedshiftLineageSyncConfigurationInput, BODY, 0),
		M(databaseName, STRING, BODY, 0),
	},
	.RedshiftPropertiesOutput = {
		M(status, STRING, BODY, 0),
		M(jdbcUrl, STRING, BODY, 0),
		M(storage, RedshiftStorageProperties, BODY, 0),
		M(jdbcIamUrl, STRING, BODY, 0),
		M(credentials, RedshiftCredentials, BODY, 0),
		M(lineageSync, RedshiftLineageSyncConfigurationOutput, BODY, 0),
		M(databaseName, STRING, BODY, 0),
		M(redshiftTempDir, STRING, BODY, 0),
		M(isProvisionedSecret, BOOLEAN, BODY, 0),
	},
	.RedshiftPropertiesPatch = {
		M(host, STRING, BODY, 0),
		M(port, INTEGER, BODY, 0),
		M(storage, RedshiftStorageProperties, BODY, 0),
		M(credentials, RedshiftCredentials, BODY, 0),
		M(lineageSync, RedshiftLineageSyncConfigurationInput, BODY, 0),
		M(databaseName, STRING, BODY, 0),
	},
	.RedshiftRunConfigurationInput = {
		M(dataAccessRole, STRING, BODY, 0),
		M(redshiftStorage, RedshiftStorage, BODY, 0),
		M(relationalFilterConfigurations, RelationalFilterConfigurations, BODY, DZ_MEMBER_REQUIRED),
		M(redshiftCredentialConfiguration, RedshiftCredentialConfiguration, BODY, 0),
	},
	.RedshiftRunConfigurationOutput = {
		M(region, STRING_MIN_4, BODY, 0),
		M(accountId, STRING_MIN_12, BODY, 0),
		M(dataAccessRole, STRING, BODY, 0),
		M(redshiftStorage, RedshiftStorage, BODY, DZ_MEMBER_REQUIRED),
		M(relationalFilterConfigurations, RelationalFilterConfigurations, BODY, DZ_MEMBER_REQUIRED),
		M(redshiftCredentialConfiguration, RedshiftCredentialConfiguration, BODY, 0),
	},
	.RedshiftSelfGrantStatusOutput = {
		M(selfGrantStatusDetails, SelfGrantStatusDetails, BODY, DZ_MEMBER_REQUIRED),
	},
	.RedshiftServerlessStorage = {
		M(workgroupName, STRING_MIN_3, BODY, DZ_MEMBER_REQUIRED),
	},
	.RedshiftStorage = {
		M(redshiftClusterSource, RedshiftClusterStorage, BODY, 0),
		M(redshiftServerlessSource, RedshiftServerlessStorage, BODY, 0),
	},
	.RedshiftStorageProperties = {
		M(clusterName, STRING, BODY, 0),
		M(workgroupName, STRING, BODY, 0),
	},
	.Region = {
		M(regionName, STRING_MIN_4, BODY, 0),
		M(regionNamePath, STRING_MIN_1, BODY, 0),
	},
	.RejectChoice = {
		M(predictionTarget, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(predictionChoices, PredictionChoices, BODY, 0),
	},
	.RejectPredictionsInput = {
		M(revision, STRING_MIN_1, QUERY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(rejectRule, RejectRule, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(rejectChoices, RejectChoices, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.RejectPredictionsOutput = {
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(assetRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.RejectRule = {
		M(rule, STRING, BODY, 0),
		M(threshold, FLOAT, BODY, 0),
	},
	.RejectSubscriptionRequestInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.RejectSubscriptionRequestOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(reviewerId, STRING, BODY, 0),
		M(metadataForms, MetadataForms, BODY, 0),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(subscribedListings, RejectSubscriptionRequestOutputSubscribedListingsList, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipals, RejectSubscriptionRequestOutputSubscribedPrincipalsList, BODY, DZ_MEMBER_REQUIRED),
		M(existingSubscriptionId, STRING, BODY, 0),
	},
	.RelationPattern = {
		M(relationType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(maxPathLength, INTEGER, BODY, 0),
		M(relationDirection, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.RelationalFilterConfiguration = {
		M(schemaName, STRING_MIN_1, BODY, 0),
		M(databaseName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(filterExpressions, FilterExpressions, BODY, 0),
	},
	.RemoveEntityOwnerInput = {
		M(owner, OwnerProperties, BODY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.RemovePolicyGrantInput = {
		M(principal, PolicyGrantPrincipal, BODY, DZ_MEMBER_REQUIRED),
		M(entityType, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(policyType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(grantIdentifier, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(entityIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.Resource = {
		M(name, STRING, BODY, 0),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, 0),
	},
	.ResourceConfiguration = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(region, STRING_MIN_4, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ResourceConfigurationParameterMap, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
	},
	.ResourceTag = {
		M(key, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(source, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.ResourceTagParameter = {
		M(key, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(value, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(isValueEditable, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
	},
	.ResultItem = {
		M(lineageNode, LineageNodeItem, BODY, 0),
	},
	.RevokeSubscriptionInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(retainPermissions, BOOLEAN, BODY, 0),
	},
	.RevokeSubscriptionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(retainPermissions, BOOLEAN, BODY, 0),
		M(subscribedListing, SubscribedListing, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipal, SubscribedPrincipal, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionRequestId, STRING, BODY, 0),
	},
	.RowFilter = {
		M(or, RowFilterList, BODY, 0),
		M(and, RowFilterList, BODY, 0),
		M(expression, RowFilterExpression, BODY, 0),
	},
	.RowFilterConfiguration = {
		M(rowFilter, RowFilter, BODY, DZ_MEMBER_REQUIRED),
		M(sensitive, BOOLEAN, BODY, 0),
	},
	.RowFilterExpression = {
		M(in, InExpression, BODY, 0),
		M(like, LikeExpression, BODY, 0),
		M(notIn, NotInExpression, BODY, 0),
		M(isNull, IsNullExpression, BODY, 0),
		M(equalTo, EqualToExpression, BODY, 0),
		M(notLike, NotLikeExpression, BODY, 0),
		M(lessThan, LessThanExpression, BODY, 0),
		M(isNotNull, IsNotNullExpression, BODY, 0),
		M(notEqualTo, NotEqualToExpression, BODY, 0),
		M(greaterThan, GreaterThanExpression, BODY, 0),
		M(lessThanOrEqualTo, LessThanOrEqualToExpression, BODY, 0),
		M(greaterThanOrEqualTo, GreaterThanOrEqualToExpression, BODY, 0),
	},
	.RuleDetail = {
		M(glossaryTermEnforcementDetail, GlossaryTermEnforcementDetail, BODY, 0),
		M(metadataFormEnforcementDetail, MetadataFormEnforcementDetail, BODY, 0),
	},
	.RuleScope = {
		M(project, ProjectsForRule, BODY, 0),
		M(assetType, AssetTypesForRule, BODY, 0),
		M(dataProduct, BOOLEAN, BODY, 0),
	},
	.RuleSummary = {
		M(name, STRING_MIN_1, BODY, 0),
		M(scope, RuleScope, BODY, 0),
		M(action, STRING, BODY, 0),
		M(target, RuleTarget, BODY, 0),
		M(revision, STRING_MIN_1, BODY, 0),
		M(ruleType, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(identifier, STRING, BODY, 0),
		M(targetType, STRING, BODY, 0),
		M(lastUpdatedBy, STRING, BODY, 0),
	},
	.RuleTarget = {
		M(domainUnitTarget, DomainUnitTarget, BODY, 0),
	},
	.RunStatisticsForAssets = {
		M(added, INTEGER, BODY, 0),
		M(failed, INTEGER, BODY, 0),
		M(skipped, INTEGER, BODY, 0),
		M(updated, INTEGER, BODY, 0),
		M(unchanged, INTEGER, BODY, 0),
	},
	.S3Destination = {
		M(uri, STRING_MIN_6, BODY, 0),
	},
	.S3File = {
		M(key, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.S3FilesLocation = {
		M(bucket, STRING_MIN_3, BODY, DZ_MEMBER_REQUIRED),
		M(fileList, S3FileList, BODY, DZ_MEMBER_REQUIRED),
	},
	.S3PropertiesInput = {
		M(s3Uri, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(s3AccessGrantLocationId, STRING, BODY, 0),
		M(registerS3AccessGrantLocation, BOOLEAN, BODY, 0),
	},
	.S3PropertiesOutput = {
		M(s3Uri, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
		M(s3AccessGrantLocationId, STRING, BODY, 0),
		M(registerS3AccessGrantLocation, BOOLEAN, BODY, 0),
	},
	.S3PropertiesPatch = {
		M(s3Uri, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(s3AccessGrantLocationId, STRING, BODY, 0),
		M(registerS3AccessGrantLocation, BOOLEAN, BODY, 0),
	},
	.SageMakerRunConfigurationInput = {
		M(trackingAssets, TrackingAssets, BODY, DZ_MEMBER_REQUIRED),
	},
	.SageMakerRunConfigurationOutput = {
		M(region, STRING_MIN_4, BODY, 0),
		M(accountId, STRING_MIN_12, BODY, 0),
		M(trackingAssets, TrackingAssets, BODY, DZ_MEMBER_REQUIRED),
	},
	.ScheduleConfiguration = {
		M(schedule, STRING_MIN_1, BODY, 0),
		M(timezone, STRING, BODY, 0),
	},
	.SearchGroupProfilesInput = {
		M(groupType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(maxResults, INTEGER, BODY, 0),
		M(searchText, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.SearchGroupProfilesOutput = {
		M(items, GroupProfileSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.SearchInItem = {
		M(attribute, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.SearchInput = {
		M(sort, SearchSort, BODY, 0),
		M(filters, FilterClause, BODY, 0),
		M(searchIn, SearchInList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(maxResults, INTEGER, BODY, 0),
		M(searchText, STRING_MIN_1, BODY, 0),
		M(searchScope, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(additionalAttributes, SearchOutputAdditionalAttributes, BODY, 0),
		M(owningProjectIdentifier, STRING, BODY, 0),
	},
	.SearchInventoryResultItem = {
		M(assetItem, AssetItem, BODY, 0),
		M(glossaryItem, GlossaryItem, BODY, 0),
		M(dataProductItem, DataProductResultItem, BODY, 0),
		M(glossaryTermItem, GlossaryTermItem, BODY, 0),
	},
	.SearchListingsInput = {
		M(sort, SearchSort, BODY, 0),
		M(filters, FilterClause, BODY, 0),
		M(searchIn, SearchInList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(maxResults, INTEGER, BODY, 0),
		M(searchText, STRING, BODY, 0),
		M(aggregations, AggregationList, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(additionalAttributes, SearchOutputAdditionalAttributes, BODY, 0),
	},
	.SearchListingsOutput = {
		M(items, SearchResultItems, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(aggregates, AggregationOutputList, BODY, 0),
		M(totalMatchCount, INTEGER, BODY, 0),
	},
	.SearchOutput = {
		M(items, SearchInventoryResultItems, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(totalMatchCount, INTEGER, BODY, 0),
	},
	.SearchResultItem = {
		M(assetListing, AssetListingItem, BODY, 0),
		M(dataProductListing, DataProductListingItem, BODY, 0),
	},
	.SearchSort = {
		M(order, STRING, BODY, 0),
		M(attribute, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.SearchTypesInput = {
		M(sort, SearchSort, BODY, 0),
		M(filters, FilterClause, BODY, 0),
		M(managed, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
		M(searchIn, SearchInList, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(maxResults, INTEGER, BODY, 0),
		M(searchText, STRING_MIN_1, BODY, 0),
		M(searchScope, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.SearchTypesOutput = {
		M(items, SearchTypesResultItems, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(totalMatchCount, INTEGER, BODY, 0),
	},
	.SearchTypesResultItem = {
		M(formTypeItem, FormTypeData, BODY, 0),
		M(assetTypeItem, AssetTypeItem, BODY, 0),
		M(lineageNodeTypeItem, LineageNodeTypeItem, BODY, 0),
	},
	.SearchUserProfilesInput = {
		M(userType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(nextToken, STRING_MIN_1, BODY, 0),
		M(maxResults, INTEGER, BODY, 0),
		M(searchText, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.SearchUserProfilesOutput = {
		M(items, UserProfileSummaries, BODY, 0),
		M(nextToken, STRING_MIN_1, BODY, 0),
	},
	.SelfGrantStatusDetail = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(schemaName, STRING_MIN_1, BODY, 0),
		M(databaseName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(failureCause, STRING, BODY, 0),
	},
	.SelfGrantStatusOutput = {
		M(glueSelfGrantStatus, GlueSelfGrantStatusOutput, BODY, 0),
		M(redshiftSelfGrantStatus, RedshiftSelfGrantStatusOutput, BODY, 0),
	},
	.SingleSignOn = {
		M(type, STRING, BODY, 0),
		M(idcInstanceArn, STRING, BODY, 0),
		M(userAssignment, STRING, BODY, 0),
	},
	.SnowflakePropertiesInput = {
		M(lineageSync, LineageSyncInput, BODY, 0),
		M(snowflakeRole, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(identityMapping, IdentityMapping, BODY, DZ_MEMBER_REQUIRED),
		M(connectivityProperties, ConnectivityProperties, BODY, 0),
	},
	.SnowflakePropertiesOutput = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(lineageSync, LineageSyncOutput, BODY, DZ_MEMBER_REQUIRED),
		M(errorMessage, STRING, BODY, 0),
		M(snowflakeRole, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(identityMapping, IdentityMapping, BODY, DZ_MEMBER_REQUIRED),
	},
	.SnowflakePropertiesPatch = {
		M(lineageSync, LineageSyncInput, BODY, 0),
		M(snowflakeRole, STRING_MIN_1, BODY, 0),
		M(connectivityPropertiesPatch, ConnectivityPropertiesPatch, BODY, 0),
	},
	.SourceLocation = {
		M(s3, STRING_MIN_1, BODY, 0),
		M(s3Files, S3FilesLocation, BODY, 0),
	},
	.SparkEmrPropertiesInput = {
		M(logUri, STRING, BODY, 0),
		M(computeArn, STRING, BODY, 0),
		M(runtimeRole, STRING, BODY, 0),
		M(javaVirtualEnv, STRING, BODY, 0),
		M(pythonVirtualEnv, STRING, BODY, 0),
		M(instanceProfileArn, STRING, BODY, 0),
		M(managedEndpointArn, STRING, BODY, 0),
		M(trustedCertificatesS3Uri, STRING, BODY, 0),
	},
	.SparkEmrPropertiesOutput = {
		M(logUri, STRING, BODY, 0),
		M(computeArn, STRING, BODY, 0),
		M(credentials, UsernamePassword, BODY, 0),
		M(runtimeRole, STRING, BODY, 0),
		M(livyEndpoint, STRING, BODY, 0),
		M(governanceType, STRING, BODY, 0),
		M(javaVirtualEnv, STRING, BODY, 0),
		M(certificateData, STRING, BODY, 0),
		M(pythonVirtualEnv, STRING, BODY, 0),
		M(instanceProfileArn, STRING, BODY, 0),
		M(managedEndpointArn, STRING, BODY, 0),
		M(credentialsExpiration, TIMESTAMP_ISO, BODY, 0),
		M(trustedCertificatesS3Uri, STRING, BODY, 0),
		M(managedEndpointCredentials, ManagedEndpointCredentials, BODY, 0),
	},
	.SparkEmrPropertiesPatch = {
		M(logUri, STRING, BODY, 0),
		M(computeArn, STRING, BODY, 0),
		M(runtimeRole, STRING, BODY, 0),
		M(javaVirtualEnv, STRING, BODY, 0),
		M(pythonVirtualEnv, STRING, BODY, 0),
		M(instanceProfileArn, STRING, BODY, 0),
		M(managedEndpointArn, STRING, BODY, 0),
		M(trustedCertificatesS3Uri, STRING, BODY, 0),
	},
	.SparkGlueArgs = {
		M(connection, STRING, BODY, 0),
	},
	.SparkGluePropertiesInput = {
		M(workerType, STRING, BODY, 0),
		M(glueVersion, STRING, BODY, 0),
		M(idleTimeout, INTEGER, BODY, 0),
		M(additionalArgs, SparkGlueArgs, BODY, 0),
		M(javaVirtualEnv, STRING, BODY, 0),
		M(numberOfWorkers, INTEGER, BODY, 0),
		M(pythonVirtualEnv, STRING, BODY, 0),
		M(glueConnectionName, STRING, BODY, 0),
		M(glueConnectionNames, GlueConnectionNames, BODY, 0),
	},
	.SparkGluePropertiesOutput = {
		M(workerType, STRING, BODY, 0),
		M(glueVersion, STRING, BODY, 0),
		M(idleTimeout, INTEGER, BODY, 0),
		M(additionalArgs, SparkGlueArgs, BODY, 0),
		M(javaVirtualEnv, STRING, BODY, 0),
		M(numberOfWorkers, INTEGER, BODY, 0),
		M(pythonVirtualEnv, STRING, BODY, 0),
		M(glueConnectionName, STRING, BODY, 0),
		M(glueConnectionNames, GlueConnectionNames, BODY, 0),
	},
	.SsoUserProfileDetails = {
		M(lastName, STRING, BODY, 0),
		M(username, STRING_MIN_1, BODY, 0),
		M(firstName, STRING, BODY, 0),
	},
	.StartDataSourceRunInput = {
		M(clientToken, PLAIN_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(dataSourceIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.StartDataSourceRunOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(startedAt, TIMESTAMP_ISO, BODY, 0),
		M(stoppedAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, DZ_MEMBER_REQUIRED),
		M(dataSourceId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(runStatisticsForAssets, RunStatisticsForAssets, BODY, 0),
		M(dataSourceConfigurationSnapshot, STRING, BODY, 0),
	},
	.StartMetadataGenerationRunInput = {
		M(type, STRING, BODY, 0),
		M(types, MetadataGenerationRunTypes, BODY, 0),
		M(target, MetadataGenerationRunTarget, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.StartMetadataGenerationRunOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(types, MetadataGenerationRunTypes, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
	},
	.StartNotebookExportInput = {
		M(fileFormat, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(notebookIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.StartNotebookExportOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(fileFormat, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(notebookId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.StartNotebookImportInput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(sourceLocation, SourceLocation, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.StartNotebookImportOutput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(notebookId, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(sourceLocation, SourceLocation, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
	},
	.StartNotebookRunInput = {
		M(metadata, Metadata, BODY, 0),
		M(parameters, Parameters, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(triggerSource, TriggerSource, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(notebookIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(scheduleIdentifier, STRING, BODY, 0),
		M(computeConfiguration, ComputeConfig, BODY, 0),
		M(networkConfiguration, NetworkConfig, BODY, 0),
		M(timeoutConfiguration, TimeoutConfig, BODY, 0),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(notificationConfiguration, NotificationConfig, BODY, 0),
	},
	.StartNotebookRunOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(error, NotebookRunError, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(metadata, Metadata, BODY, 0),
		M(cellOrder, CellOrder, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(startedAt, TIMESTAMP, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(notebookId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, Parameters, BODY, 0),
		M(scheduleId, STRING, BODY, 0),
		M(completedAt, TIMESTAMP, BODY, 0),
		M(triggerSource, TriggerSource, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(computeConfiguration, ComputeConfig, BODY, 0),
		M(networkConfiguration, NetworkConfig, BODY, 0),
		M(storageConfiguration, StorageConfig, BODY, 0),
		M(timeoutConfiguration, TimeoutConfig, BODY, 0),
		M(environmentConfiguration, EnvironmentConfig, BODY, 0),
		M(notificationConfiguration, NotificationConfig, BODY, 0),
	},
	.StartNotebookSyncInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(notebookId, STRING, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(gitMetadata, GitMetadata, BODY, 0),
		M(sourceLocation, SourceLocation, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(owningProjectIdentifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.StartNotebookSyncOutput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(notebookId, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(gitMetadata, GitMetadata, BODY, 0),
		M(sourceLocation, SourceLocation, BODY, 0),
		M(owningProjectId, STRING, BODY, 0),
	},
	.StopNotebookRunInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.StopNotebookRunOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.StorageConfig = {
		M(kmsKeyArn, STRING_MIN_1, BODY, 0),
		M(projectS3Path, STRING_MIN_1, BODY, 0),
	},
	.SubscribedAsset = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assetScope, AssetScope, BODY, 0),
		M(targetName, STRING, BODY, 0),
		M(permissions, Permissions, BODY, 0),
		M(failureCause, FailureCause, BODY, 0),
		M(assetRevision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(failureTimestamp, TIMESTAMP, BODY, 0),
		M(grantedTimestamp, TIMESTAMP, BODY, 0),
	},
	.SubscribedAssetListing = {
		M(forms, STRING, BODY, 0),
		M(entityId, STRING, BODY, 0),
		M(assetScope, AssetScope, BODY, 0),
		M(entityType, STRING_MIN_1, BODY, 0),
		M(permissions, Permissions, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(entityRevision, STRING_MIN_1, BODY, 0),
	},
	.SubscribedGroup = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, 0),
	},
	.SubscribedGroupInput = {
		M(identifier, STRING, BODY, 0),
	},
	.SubscribedIamPrincipal = {
		M(principalArn, STRING_MIN_1, BODY, 0),
	},
	.SubscribedIamPrincipalInput = {
		M(identifier, STRING_MIN_1, BODY, 0),
	},
	.SubscribedListing = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(item, SubscribedListingItem, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, 0),
		M(description, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(ownerProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(ownerProjectName, STRING, BODY, 0),
	},
	.SubscribedListingInput = {
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.SubscribedListingItem = {
		M(assetListing, SubscribedAssetListing, BODY, 0),
		M(productListing, SubscribedProductListing, BODY, 0),
	},
	.SubscribedPrincipal = {
		M(iam, SubscribedIamPrincipal, BODY, 0),
		M(user, SubscribedUser, BODY, 0),
		M(group, SubscribedGroup, BODY, 0),
		M(project, SubscribedProject, BODY, 0),
	},
	.SubscribedPrincipalInput = {
		M(iam, SubscribedIamPrincipalInput, BODY, 0),
		M(user, SubscribedUserInput, BODY, 0),
		M(group, SubscribedGroupInput, BODY, 0),
		M(project, SubscribedProjectInput, BODY, 0),
	},
	.SubscribedProductListing = {
		M(name, STRING, BODY, 0),
		M(entityId, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(assetListings, AssetInDataProductListingItems, BODY, 0),
		M(glossaryTerms, DetailedGlossaryTerms, BODY, 0),
		M(entityRevision, STRING_MIN_1, BODY, 0),
	},
	.SubscribedProject = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, 0),
	},
	.SubscribedProjectInput = {
		M(identifier, STRING, BODY, 0),
	},
	.SubscribedUser = {
		M(id, STRING, BODY, 0),
		M(details, UserProfileDetails, BODY, 0),
	},
	.SubscribedUserInput = {
		M(identifier, STRING, BODY, 0),
	},
	.SubscriptionGrantSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assets, SubscribedAssets, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(grantedEntity, GrantedEntity, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionId, STRING, BODY, 0),
		M(subscriptionTargetId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.SubscriptionRequestSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(reviewerId, STRING, BODY, 0),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(subscribedListings, SubscriptionRequestSummarySubscribedListingsList, BODY, DZ_MEMBER_REQUIRED),
		M(metadataFormsSummary, MetadataFormsSummary, BODY, 0),
		M(subscribedPrincipals, SubscriptionRequestSummarySubscribedPrincipalsList, BODY, DZ_MEMBER_REQUIRED),
		M(existingSubscriptionId, STRING, BODY, 0),
	},
	.SubscriptionSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(retainPermissions, BOOLEAN, BODY, 0),
		M(subscribedListing, SubscribedListing, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipal, SubscribedPrincipal, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionRequestId, STRING, BODY, 0),
	},
	.SubscriptionTargetForm = {
		M(content, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(formName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.SubscriptionTargetSummary = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(manageAccessRole, STRING, BODY, 0),
		M(applicableAssetTypes, ApplicableAssetTypes, BODY, DZ_MEMBER_REQUIRED),
		M(authorizedPrincipals, AuthorizedPrincipalIdentifiers, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionTargetConfig, SubscriptionTargetForms, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionGrantCreationMode, STRING, BODY, 0),
	},
	.TagResourceRequest = {
		M(tags, Tags, BODY, DZ_MEMBER_REQUIRED),
		M(resourceArn, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.TermRelations = {
		M(isA, TermRelationsIsAList, BODY, 0),
		M(classifies, TermRelationsClassifiesList, BODY, 0),
	},
	.TextMatchItem = {
		M(text, STRING, BODY, 0),
		M(attribute, STRING_MIN_1, BODY, 0),
		M(matchOffsets, MatchOffsets, BODY, 0),
	},
	.TimeSeriesDataPointFormInput = {
		M(content, STRING, BODY, 0),
		M(formName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(timestamp, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.TimeSeriesDataPointFormOutput = {
		M(id, STRING, BODY, 0),
		M(content, STRING, BODY, 0),
		M(formName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(timestamp, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.TimeSeriesDataPointSummaryFormOutput = {
		M(id, STRING, BODY, 0),
		M(formName, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(timestamp, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(typeRevision, STRING_MIN_1, BODY, 0),
		M(contentSummary, STRING, BODY, 0),
		M(typeIdentifier, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
	},
	.TimeoutConfig = {
		M(runTimeoutInMinutes, INTEGER, BODY, 0),
	},
	.Topic = {
		M(role, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(subject, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(resource, NotificationResource, BODY, DZ_MEMBER_REQUIRED),
	},
	.TriggerSource = {
		M(name, STRING, BODY, 0),
		M(type, STRING, BODY, 0),
	},
	.UntagResourceRequest = {
		M(tagKeys, TagKeyList, QUERY, DZ_MEMBER_REQUIRED),
		M(resourceArn, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.UpdateAccountPoolInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(accountSource, AccountSource, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(resolutionStrategy, STRING, BODY, 0),
	},
	.UpdateAccountPoolOutput = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(accountSource, AccountSource, BODY, DZ_MEMBER_REQUIRED),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(resolutionStrategy, STRING, BODY, 0),
	},
	.UpdateAssetFilterInput = {
		M(name, STRING, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(configuration, AssetFilterConfiguration, BODY, 0),
		M(assetIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateAssetFilterOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(assetId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(description, STRING, BODY, 0),
		M(errorMessage, STRING, BODY, 0),
		M(configuration, AssetFilterConfiguration, BODY, DZ_MEMBER_REQUIRED),
		M(effectiveRowFilter, STRING, BODY, 0),
		M(effectiveColumnNames, ColumnNameList, BODY, 0),
	},
	.UpdateConnectionInput = {
		M(props, ConnectionPropertiesPatch, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(awsLocation, AwsLocation, BODY, 0),
		M(description, STRING_MIN_1, BODY, 0),
		M(configurations, Configurations, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateConnectionOutput = {
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(props, ConnectionPropertiesOutput, BODY, 0),
		M(scope, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainUnitId, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(environmentId, STRING, BODY, 0),
		M(configurations, Configurations, BODY, 0),
		M(physicalEndpoints, PhysicalEndpoints, BODY, DZ_MEMBER_REQUIRED),
	},
	.UpdateDataSourceInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(schedule, ScheduleConfiguration, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(configuration, DataSourceConfigurationInput, BODY, 0),
		M(enableSetting, STRING, BODY, 0),
		M(recommendation, RecommendationConfiguration, BODY, 0),
		M(assetFormsInput, FormInputList, BODY, 0),
		M(publishOnImport, BOOLEAN, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(retainPermissionsOnRevokeFailure, BOOLEAN, BODY, 0),
	},
	.UpdateDataSourceOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(schedule, ScheduleConfiguration, BODY, 0),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(lastRunAt, TIMESTAMP_ISO, BODY, 0),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(connectionId, STRING, BODY, 0),
		M(errorMessage, DataSourceErrorMessage, BODY, 0),
		M(configuration, DataSourceConfigurationOutput, BODY, 0),
		M(enableSetting, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(lastRunStatus, STRING, BODY, 0),
		M(recommendation, RecommendationConfiguration, BODY, 0),
		M(publishOnImport, BOOLEAN, BODY, 0),
		M(selfGrantStatus, SelfGrantStatusOutput, BODY, 0),
		M(assetFormsOutput, FormOutputList, BODY, 0),
		M(lastRunErrorMessage, DataSourceErrorMessage, BODY, 0),
		M(retainPermissionsOnRevokeFailure, BOOLEAN, BODY, 0),
	},
	.UpdateDesignationInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(policy, STRING_MIN_1, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(deletionProtection, BOOLEAN, BODY, 0),
	},
	.UpdateDesignationOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(policy, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(designationType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(deletionProtection, BOOLEAN, BODY, DZ_MEMBER_REQUIRED),
	},
	.UpdateDomainInput = {
		M(name, STRING, BODY, 0),
		M(identifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, PLAIN_TOKEN, QUERY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(serviceRole, STRING, BODY, 0),
		M(singleSignOn, SingleSignOn, BODY, 0),
		M(domainExecutionRole, STRING, BODY, 0),
	},
	.UpdateDomainOutput = {
		M(id, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(serviceRole, STRING, BODY, 0),
		M(singleSignOn, SingleSignOn, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP, BODY, 0),
		M(rootDomainUnitId, STRING_MIN_1, BODY, 0),
		M(domainExecutionRole, STRING, BODY, 0),
	},
	.UpdateDomainUnitInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(identifier, STRING_MIN_1, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateDomainUnitOutput = {
		M(id, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(owners, DomainUnitOwners, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(description, STRING, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP, BODY, 0),
		M(lastUpdatedBy, STRING, BODY, 0),
		M(parentDomainUnitId, STRING_MIN_1, BODY, 0),
	},
	.UpdateEnvironmentActionInput = {
		M(name, STRING, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(parameters, ActionParameters, BODY, 0),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
	},
	.UpdateEnvironmentActionOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(parameters, ActionParameters, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.UpdateEnvironmentBlueprintInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(blueprintCategory, STRING, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, 0),
	},
	.UpdateEnvironmentBlueprintOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(blueprintCategory, STRING, BODY, 0),
		M(deploymentProperties, DeploymentProperties, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, DZ_MEMBER_REQUIRED),
	},
	.UpdateEnvironmentInput = {
		M(name, STRING, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(userParameters, EnvironmentParametersList, BODY, 0),
		M(blueprintVersion, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentConfigurationName, STRING_MIN_1, BODY, 0),
	},
	.UpdateEnvironmentOutput = {
		M(id, STRING, BODY, 0),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(lastDeployment, Deployment, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentActions, EnvironmentActionList, BODY, 0),
		M(deploymentProperties, DeploymentProperties, BODY, 0),
		M(environmentProfileId, STRING, BODY, 0),
		M(provisionedResources, ResourceList, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, 0),
		M(provisioningProperties, ProvisioningProperties, BODY, 0),
		M(environmentConfigurationId, STRING, BODY, 0),
		M(environmentConfigurationName, STRING_MIN_1, BODY, 0),
	},
	.UpdateEnvironmentProfileInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(userParameters, EnvironmentParametersList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateEnvironmentProfileOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP_ISO, BODY, 0),
		M(description, STRING, BODY, 0),
		M(awsAccountId, STRING, BODY, 0),
		M(userParameters, CustomParameterList, BODY, 0),
		M(awsAccountRegion, STRING, BODY, 0),
		M(environmentBlueprintId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.UpdateGlossaryInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateGlossaryOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
	},
	.UpdateGlossaryTermInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(termRelations, TermRelations, BODY, 0),
		M(longDescription, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(shortDescription, STRING, BODY, 0),
		M(glossaryIdentifier, STRING, BODY, 0),
	},
	.UpdateGlossaryTermOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(glossaryId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(termRelations, TermRelations, BODY, 0),
		M(longDescription, STRING, BODY, 0),
		M(shortDescription, STRING, BODY, 0),
		M(usageRestrictions, GlossaryUsageRestrictions, BODY, 0),
	},
	.UpdateGroupProfileInput = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(groupIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateGroupProfileOutput = {
		M(id, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
		M(groupName, STRING_MIN_1, BODY, 0),
		M(rolePrincipalId, STRING, BODY, 0),
		M(rolePrincipalArn, STRING, BODY, 0),
	},
	.UpdateNotebookInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(metadata, Metadata, BODY, 0),
		M(cellOrder, CellOrder, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(parameters, Parameters, BODY, 0),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(environmentConfiguration, EnvironmentConfig, BODY, 0),
	},
	.UpdateNotebookOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, 0),
		M(error, NotebookError, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(lockedAt, TIMESTAMP, BODY, 0),
		M(lockedBy, STRING, BODY, 0),
		M(metadata, Metadata, BODY, 0),
		M(cellOrder, CellOrder, BODY, DZ_MEMBER_REQUIRED),
		M(computeId, STRING, BODY, 0),
		M(createdAt, TIMESTAMP, BODY, 0),
		M(createdBy, STRING, BODY, 0),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(parameters, Parameters, BODY, 0),
		M(description, STRING, BODY, 0),
		M(gitMetadata, GitMetadata, BODY, 0),
		M(lockExpiresAt, TIMESTAMP, BODY, 0),
		M(owningProjectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(environmentConfiguration, EnvironmentConfig, BODY, 0),
	},
	.UpdateProjectInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(resourceTags, UpdateProjectInputResourceTagsMap, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(userParameters, EnvironmentConfigurationUserParametersList, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectProfileVersion, STRING, BODY, 0),
		M(environmentDeploymentDetails, EnvironmentDeploymentDetails, BODY, 0),
	},
	.UpdateProjectOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(resourceTags, ResourceTags, BODY, 0),
		M(glossaryTerms, GlossaryTerms, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(projectStatus, STRING, BODY, 0),
		M(failureReasons, FailureReasons, BODY, 0),
		M(userParameters, EnvironmentConfigurationUserParametersList, BODY, 0),
		M(projectCategory, STRING, BODY, 0),
		M(projectProfileId, STRING, BODY, 0),
		M(environmentDeploymentDetails, EnvironmentDeploymentDetails, BODY, 0),
	},
	.UpdateProjectProfileInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(status, STRING, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(projectResourceTags, ProjectResourceTagParameters, BODY, 0),
		M(domainUnitIdentifier, STRING_MIN_1, BODY, 0),
		M(environmentConfigurations, EnvironmentConfigurationsList, BODY, 0),
		M(allowCustomProjectResourceTags, BOOLEAN, BODY, 0),
		M(projectResourceTagsDescription, STRING, BODY, 0),
	},
	.UpdateProjectProfileOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP_ISO, BODY, 0),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainUnitId, STRING_MIN_1, BODY, 0),
		M(lastUpdatedAt, TIMESTAMP_ISO, BODY, 0),
		M(projectResourceTags, ProjectResourceTagParameters, BODY, 0),
		M(environmentConfigurations, EnvironmentConfigurationsList, BODY, 0),
		M(allowCustomProjectResourceTags, BOOLEAN, BODY, 0),
		M(projectResourceTagsDescription, STRING, BODY, 0),
	},
	.UpdateRootDomainUnitOwnerInput = {
		M(newOwner, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(clientToken, CLIENT_TOKEN, BODY, DZ_MEMBER_TOKEN),
		M(currentOwner, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateRuleInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(scope, RuleScope, BODY, 0),
		M(detail, RuleDetail, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(includeChildDomainUnits, BOOLEAN, BODY, 0),
	},
	.UpdateRuleOutput = {
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(scope, RuleScope, BODY, DZ_MEMBER_REQUIRED),
		M(action, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(detail, RuleDetail, BODY, DZ_MEMBER_REQUIRED),
		M(target, RuleTarget, BODY, DZ_MEMBER_REQUIRED),
		M(revision, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(ruleType, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(description, STRING, BODY, 0),
		M(lastUpdatedBy, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.UpdateSubscriptionGrantStatusInput = {
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(targetName, STRING, BODY, 0),
		M(failureCause, FailureCause, BODY, 0),
		M(assetIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateSubscriptionGrantStatusOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(assets, SubscribedAssets, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, 0),
		M(grantedEntity, GrantedEntity, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionId, STRING, BODY, 0),
		M(subscriptionTargetId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.UpdateSubscriptionRequestInput = {
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateSubscriptionRequestOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(updatedBy, STRING, BODY, 0),
		M(reviewerId, STRING, BODY, 0),
		M(metadataForms, MetadataForms, BODY, 0),
		M(requestReason, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(decisionComment, STRING_MIN_1, BODY, 0),
		M(subscribedListings, UpdateSubscriptionRequestOutputSubscribedListingsList, BODY, DZ_MEMBER_REQUIRED),
		M(subscribedPrincipals, UpdateSubscriptionRequestOutputSubscribedPrincipalsList, BODY, DZ_MEMBER_REQUIRED),
		M(existingSubscriptionId, STRING, BODY, 0),
	},
	.UpdateSubscriptionTargetInput = {
		M(name, STRING_MIN_1, BODY, 0),
		M(provider, STRING, BODY, 0),
		M(identifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
		M(manageAccessRole, STRING, BODY, 0),
		M(applicableAssetTypes, ApplicableAssetTypes, BODY, 0),
		M(authorizedPrincipals, AuthorizedPrincipalIdentifiers, BODY, 0),
		M(environmentIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(subscriptionTargetConfig, SubscriptionTargetForms, BODY, 0),
		M(subscriptionGrantCreationMode, STRING, BODY, 0),
	},
	.UpdateSubscriptionTargetOutput = {
		M(id, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(name, STRING_MIN_1, BODY, DZ_MEMBER_REQUIRED),
		M(type, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(domainId, DOMAIN_ID, BODY, DZ_MEMBER_REQUIRED),
		M(provider, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(createdAt, TIMESTAMP, BODY, DZ_MEMBER_REQUIRED),
		M(createdBy, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(projectId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(updatedAt, TIMESTAMP, BODY, 0),
		M(updatedBy, STRING, BODY, 0),
		M(environmentId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(manageAccessRole, STRING, BODY, 0),
		M(applicableAssetTypes, ApplicableAssetTypes, BODY, DZ_MEMBER_REQUIRED),
		M(authorizedPrincipals, AuthorizedPrincipalIdentifiers, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionTargetConfig, SubscriptionTargetForms, BODY, DZ_MEMBER_REQUIRED),
		M(subscriptionGrantCreationMode, STRING, BODY, 0),
	},
	.UpdateUserProfileInput = {
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(sessionName, STRING_MIN_2, BODY, 0),
		M(userIdentifier, STRING, PATH, DZ_MEMBER_REQUIRED),
		M(domainIdentifier, DOMAIN_ID, PATH, DZ_MEMBER_REQUIRED | DZ_MEMBER_DOMAIN),
	},
	.UpdateUserProfileOutput = {
		M(id, STRING, BODY, 0),
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(details, UserProfileDetails, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
	},
	.UseAssetTypePolicyGrantDetail = {
		M(domainUnitId, STRING_MIN_1, BODY, 0),
	},
	.UserDetails = {
		M(userId, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.UserPolicyGrantPrincipal = {
		M(userIdentifier, STRING, BODY, 0),
		M(allUsersGrantFilter, AllUsersGrantFilter, BODY, 0),
	},
	.UserProfileDetails = {
		M(iam, IamUserProfileDetails, BODY, 0),
		M(sso, SsoUserProfileDetails, BODY, 0),
	},
	.UserProfileSummary = {
		M(id, STRING, BODY, 0),
		M(type, STRING, BODY, 0),
		M(status, STRING, BODY, 0),
		M(details, UserProfileDetails, BODY, 0),
		M(domainId, DOMAIN_ID, BODY, 0),
	},
	.UsernamePassword = {
		M(password, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(username, STRING, BODY, DZ_MEMBER_REQUIRED),
	},
	.VpcPropertiesInput = {
		M(vpcId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(subnetIds, VpcConnectionSubnetIdList, BODY, DZ_MEMBER_REQUIRED),
		M(securityGroupId, STRING, BODY, 0),
	},
	.VpcPropertiesOutput = {
		M(vpcId, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(status, STRING, BODY, DZ_MEMBER_REQUIRED),
		M(subnetIds, VpcConnectionSubnetIdList, BODY, DZ_MEMBER_REQUIRED),
		M(securityGroupId, STRING, BODY, 0),
		M(glueConnectionNames, GlueConnectionNames, BODY, 0),
	},
	.VpcPropertiesPatch = {
		M(vpcId, STRING, BODY, 0),
		M(subnetIds, VpcConnectionSubnetIdList, BODY, 0),
		M(securityGroupId, STRING, BODY, 0),
	},
	.WorkflowsMwaaPropertiesInput = {
		M(mwaaEnvironmentName, STRING, BODY, 0),
	},
	.WorkflowsMwaaPropertiesOutput = {
		M(mwaaEnvironmentName, STRING, BODY, 0),
	},
};

const DzShape dz_shapes[] = {
	[S_BOOLEAN] = SCALAR(BOOLEAN, NONE, BY_PLACE, 0),
	[S_CLIENT_TOKEN] = SCALAR(STRING, CLIENT_TOKEN, BY_PLACE, 1),
	[S_DOMAIN_ID] = SCALAR(STRING, DOMAIN_ID, BY_PLACE, 0),
	[S_FLOAT] = SCALAR(FLOAT, NONE, BY_PLACE, 0),
	[S_INTEGER] = SCALAR(INTEGER, NONE, BY_PLACE, 0),
	[S_LONG] = SCALAR(LONG, NONE, BY_PLACE, 0),
	[S_PLAIN_TOKEN] = SCALAR(STRING, PLAIN_TOKEN, BY_PLACE, 1),
	[S_RUN_EVENT] = SCALAR(BLOB, RUN_EVENT, BY_PLACE, 0),
	[S_STRING] = SCALAR(STRING, NONE, BY_PLACE, 0),
	[S_STRING_MIN_1] = SCALAR(STRING, NONE, BY_PLACE, 1),
	[S_STRING_MIN_12] = SCALAR(STRING, NONE, BY_PLACE, 12),
	[S_STRING_MIN_2] = SCALAR(STRING, NONE, BY_PLACE, 2),
	[S_STRING_MIN_3] = SCALAR(STRING, NONE, BY_PLACE, 3),
	[S_STRING_MIN_4] = SCALAR(STRING, NONE, BY_PLACE, 4),
	[S_STRING_MIN_6] = SCALAR(STRING, NONE, BY_PLACE, 6),
	[S_TIMESTAMP] = SCALAR(TIMESTAMP, NONE, BY_PLACE, 0),
	[S_TIMESTAMP_ISO] = SCALAR(TIMESTAMP, NONE, ISO, 0),
	[S_AcceptChoice] = MEMBERS(STRUCTURE, AcceptChoice, 1, 0),
	[S_AcceptChoices] = LIST(AcceptChoice, 0, 0, BY_PLACE),
	[S_AcceptPredictionsInput] = MEMBERS(STRUCTURE, AcceptPredictionsInput, 2, 0),
	[S_AcceptPredictionsOutput] = MEMBERS(STRUCTURE, AcceptPredictionsOutput, 3, 0),
	[S_AcceptRule] = MEMBERS(STRUCTURE, AcceptRule, 0, 0),
	[S_AcceptSubscriptionRequestInput] = MEMBERS(STRUCTURE, AcceptSubscriptionRequestInput, 2, 0),
	[S_AcceptSubscriptionRequestOutput] = MEMBERS(STRUCTURE, AcceptSubscriptionRequestOutput, 9, 0),
	[S_AcceptSubscriptionRequestOutputSubscribedListingsList] = LIST(SubscribedListing, 0, 1, BY_PLACE),
	[S_AcceptSubscriptionRequestOutputSubscribedPrincipalsList] = LIST(SubscribedPrincipal, 0, 1, BY_PLACE),
	[S_AcceptedAssetScope] = MEMBERS(STRUCTURE, AcceptedAssetScope, 2, 0),
	[S_AcceptedAssetScopes] = LIST(AcceptedAssetScope, 0, 0, BY_PLACE),
	[S_AccountInfo] = MEMBERS(STRUCTURE, AccountInfo, 2, 0),
	[S_AccountInfoList] = LIST(AccountInfo, 0, 1, BY_PLACE),
	[S_AccountPoolList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_AccountPoolSummaries] = LIST(AccountPoolSummary, 0, 0, BY_PLACE),
	[S_AccountPoolSummary] = MEMBERS(STRUCTURE, AccountPoolSummary, 0, 0),
	[S_AccountSource] = MEMBERS(UNION, AccountSource, 0, 0),
	[S_ActionParameters] = MEMBERS(UNION, ActionParameters, 0, 0),
	[S_AddEntityOwnerInput] = MEMBERS(STRUCTURE, AddEntityOwnerInput, 4, 0),
	[S_AddEntityOwnerOutput] = EMPTY(STRUCTURE),
	[S_AddPolicyGrantInput] = MEMBERS(STRUCTURE, AddPolicyGrantInput, 6, 0),
	[S_AddPolicyGrantOutput] = MEMBERS(STRUCTURE, AddPolicyGrantOutput, 0, 0),
	[S_AddToProjectMemberPoolPolicyGrantDetail] = MEMBERS(STRUCTURE, AddToProjectMemberPoolPolicyGrantDetail, 0, 0),
	[S_AdditionalAttributes] = MEMBERS(STRUCTURE, AdditionalAttributes, 0, 0),
	[S_AggregationList] = LIST(AggregationListItem, 0, 1, BY_PLACE),
	[S_AggregationListItem] = MEMBERS(STRUCTURE, AggregationListItem, 1, 0),
	[S_AggregationOutput] = MEMBERS(STRUCTURE, AggregationOutput, 0, 0),
	[S_AggregationOutputItem] = MEMBERS(STRUCTURE, AggregationOutputItem, 0, 0),
	[S_AggregationOutputItems] = LIST(AggregationOutputItem, 0, 0, BY_PLACE),
	[S_AggregationOutputList] = LIST(AggregationOutput, 0, 0, BY_PLACE),
	[S_AllDomainUnitsGrantFilter] = EMPTY(STRUCTURE),
	[S_AllUsersGrantFilter] = EMPTY(STRUCTURE),
	[S_AmazonQPropertiesInput] = MEMBERS(STRUCTURE, AmazonQPropertiesInput, 1, 0),
	[S_AmazonQPropertiesOutput] = MEMBERS(STRUCTURE, AmazonQPropertiesOutput, 1, 0),
	[S_AmazonQPropertiesPatch] = MEMBERS(STRUCTURE, AmazonQPropertiesPatch, 1, 0),
	[S_ApplicableAssetTypes] = LIST(STRING_MIN_1, 0, 0, BY_PLACE),
	[S_AssetFilterConfiguration] = MEMBERS(UNION, AssetFilterConfiguration, 0, 0),
	[S_AssetFilterSummary] = MEMBERS(STRUCTURE, AssetFilterSummary, 4, 0),
	[S_AssetFilters] = LIST(AssetFilterSummary, 0, 0, BY_PLACE),
	[S_AssetInDataProductListingItem] = MEMBERS(STRUCTURE, AssetInDataProductListingItem, 0, 0),
	[S_AssetInDataProductListingItems] = LIST(AssetInDataProductListingItem, 0, 0, BY_PLACE),
	[S_AssetItem] = MEMBERS(STRUCTURE, AssetItem, 6, 0),
	[S_AssetItemAdditionalAttributes] = MEMBERS(STRUCTURE, AssetItemAdditionalAttributes, 0, 0),
	[S_AssetItemGovernedGlossaryTermsList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_AssetListing] = MEMBERS(STRUCTURE, AssetListing, 0, 0),
	[S_AssetListingDetails] = MEMBERS(STRUCTURE, AssetListingDetails, 2, 0),
	[S_AssetListingGovernedGlossaryTermsList] = LIST(DetailedGlossaryTerm, 0, 0, BY_PLACE),
	[S_AssetListingItem] = MEMBERS(STRUCTURE, AssetListingItem, 0, 0),
	[S_AssetListingItemAdditionalAttributes] = MEMBERS(STRUCTURE, AssetListingItemAdditionalAttributes, 0, 0),
	[S_AssetListingItemGovernedGlossaryTermsList] = LIST(DetailedGlossaryTerm, 0, 0, BY_PLACE),
	[S_AssetPermission] = MEMBERS(STRUCTURE, AssetPermission, 2, 0),
	[S_AssetPermissions] = LIST(AssetPermission, 0, 0, BY_PLACE),
	[S_AssetRevision] = MEMBERS(STRUCTURE, AssetRevision, 0, 0),
	[S_AssetRevisions] = LIST(AssetRevision, 0, 0, BY_PLACE),
	[S_AssetScope] = MEMBERS(STRUCTURE, AssetScope, 3, 0),
	[S_AssetTargetNameMap] = MEMBERS(STRUCTURE, AssetTargetNameMap, 2, 0),
	[S_AssetTargetNames] = LIST(AssetTargetNameMap, 0, 0, BY_PLACE),
	[S_AssetTypeIdentifiers] = LIST(STRING_MIN_1, 0, 0, BY_PLACE),
	[S_AssetTypeItem] = MEMBERS(STRUCTURE, AssetTypeItem, 5, 0),
	[S_AssetTypesForRule] = MEMBERS(STRUCTURE, AssetTypesForRule, 1, 0),
	[S_AssociateEnvironmentRoleInput] = MEMBERS(STRUCTURE, AssociateEnvironmentRoleInput, 3, 0),
	[S_AssociateEnvironmentRoleOutput] = EMPTY(STRUCTURE),
	[S_AssociateGovernedTermsInput] = MEMBERS(STRUCTURE, AssociateGovernedTermsInput, 4, 0),
	[S_AssociateGovernedTermsInputGovernedGlossaryTermsList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_AssociateGovernedTermsOutput] = EMPTY(STRUCTURE),
	[S_AthenaPropertiesInput] = MEMBERS(STRUCTURE, AthenaPropertiesInput, 0, 0),
	[S_AthenaPropertiesOutput] = MEMBERS(STRUCTURE, AthenaPropertiesOutput, 0, 0),
	[S_AthenaPropertiesPatch] = MEMBERS(STRUCTURE, AthenaPropertiesPatch, 0, 0),
	[S_AttributeError] = MEMBERS(STRUCTURE, AttributeError, 3, 0),
	[S_AttributeInput] = MEMBERS(STRUCTURE, AttributeInput, 2, 0),
	[S_Attributes] = LIST(AttributeInput, 0, 0, BY_PLACE),
	[S_AttributesErrors] = LIST(AttributeError, 0, 0, BY_PLACE),
	[S_AttributesList] = LIST(STRING_MIN_1, 0, 1, BY_PLACE),
	[S_AuthenticationConfiguration] = MEMBERS(STRUCTURE, AuthenticationConfiguration, 0, 0),
	[S_AuthenticationConfigurationInput] = MEMBERS(STRUCTURE, AuthenticationConfigurationInput, 0, 0),
	[S_AuthenticationConfigurationPatch] = MEMBERS(STRUCTURE, AuthenticationConfigurationPatch, 0, 0),
	[S_AuthorizationCodeProperties] = MEMBERS(STRUCTURE, AuthorizationCodeProperties, 0, 0),
	[S_AuthorizedPrincipalIdentifiers] = LIST(STRING, 0, 1, BY_PLACE),
	[S_AwsAccount] = MEMBERS(UNION, AwsAccount, 0, 0),
	[S_AwsConsoleLinkParameters] = MEMBERS(STRUCTURE, AwsConsoleLinkParameters, 0, 0),
	[S_AwsLocation] = MEMBERS(STRUCTURE, AwsLocation, 0, 0),
	[S_AwsRegionList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_BasicAuthenticationCredentials] = MEMBERS(STRUCTURE, BasicAuthenticationCredentials, 0, 0),
	[S_BatchGetAttributeItems] = LIST(BatchGetAttributeOutput, 0, 0, BY_PLACE),
	[S_BatchGetAttributeOutput] = MEMBERS(STRUCTURE, BatchGetAttributeOutput, 1, 0),
	[S_BatchGetAttributesMetadataInput] = MEMBERS(STRUCTURE, BatchGetAttributesMetadataInput, 4, DZ_SHAPE_RENAMED),
	[S_BatchGetAttributesMetadataOutput] = MEMBERS(STRUCTURE, BatchGetAttributesMetadataOutput, 1, 0),
	[S_BatchPutAttributeItems] = LIST(BatchPutAttributeOutput, 0, 0, BY_PLACE),
	[S_BatchPutAttributeOutput] = MEMBERS(STRUCTURE, BatchPutAttributeOutput, 1, 0),
	[S_BatchPutAttributesMetadataInput] = MEMBERS(STRUCTURE, BatchPutAttributesMetadataInput, 4, 0),
	[S_BatchPutAttributesMetadataOutput] = MEMBERS(STRUCTURE, BatchPutAttributesMetadataOutput, 0, 0),
	[S_BusinessNameGenerationConfiguration] = MEMBERS(STRUCTURE, BusinessNameGenerationConfiguration, 0, 0),
	[S_CancelMetadataGenerationRunInput] = MEMBERS(STRUCTURE, CancelMetadataGenerationRunInput, 2, 0),
	[S_CancelMetadataGenerationRunOutput] = EMPTY(STRUCTURE),
	[S_CancelSubscriptionInput] = MEMBERS(STRUCTURE, CancelSubscriptionInput, 2, 0),
	[S_CancelSubscriptionOutput] = MEMBERS(STRUCTURE, CancelSubscriptionOutput, 8, 0),
	[S_CellInformation] = EMPTY(STRUCTURE),
	[S_CellOrder] = LIST(CellInformation, 0, 0, BY_PLACE),
	[S_CloudFormationProperties] = MEMBERS(STRUCTURE, CloudFormationProperties, 1, 0),
	[S_ColumnFilterConfiguration] = MEMBERS(STRUCTURE, ColumnFilterConfiguration, 0, 0),
	[S_ColumnNameList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_ComputeConfig] = MEMBERS(STRUCTURE, ComputeConfig, 0, 0),
	[S_ComputeEnvironmentsList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_ConfigurableActionParameter] = MEMBERS(STRUCTURE, ConfigurableActionParameter, 0, 0),
	[S_ConfigurableActionParameterList] = LIST(ConfigurableActionParameter, 0, 0, BY_PLACE),
	[S_ConfigurableEnvironmentAction] = MEMBERS(STRUCTURE, ConfigurableEnvironmentAction, 2, 0),
	[S_Configuration] = MEMBERS(STRUCTURE, Configuration, 0, 0),
	[S_Configurations] = LIST(Configuration, 0, 0, BY_PLACE),
	[S_ConnectionCredentials] = MEMBERS(STRUCTURE, ConnectionCredentials, 0, 0),
	[S_ConnectionProperties] = MAP(STRING, STRING_MIN_1, 0, 0, BY_PLACE),
	[S_ConnectionPropertiesInput] = MEMBERS(UNION, ConnectionPropertiesInput, 0, 0),
	[S_ConnectionPropertiesOutput] = MEMBERS(UNION, ConnectionPropertiesOutput, 0, 0),
	[S_ConnectionPropertiesPatch] = MEMBERS(UNION, ConnectionPropertiesPatch, 0, 0),
	[S_ConnectionSummaries] = LIST(ConnectionSummary, 0, 0, BY_PLACE),
	[S_ConnectionSummary] = MEMBERS(STRUCTURE, ConnectionSummary, 6, 0),
	[S_ConnectivityProperties] = MEMBERS(STRUCTURE, ConnectivityProperties, 0, 0),
	[S_ConnectivityPropertiesPatch] = MEMBERS(STRUCTURE, ConnectivityPropertiesPatch, 0, 0),
	[S_CreateAccountPoolInput] = MEMBERS(STRUCTURE, CreateAccountPoolInput, 4, 0),
	[S_CreateAccountPoolOutput] = MEMBERS(STRUCTURE, CreateAccountPoolOutput, 2, 0),
	[S_CreateAssetFilterInput] = MEMBERS(STRUCTURE, CreateAssetFilterInput, 4, 0),
	[S_CreateAssetFilterOutput] = MEMBERS(STRUCTURE, CreateAssetFilterOutput, 5, 0),
	[S_CreateAssetInput] = MEMBERS(STRUCTURE, CreateAssetInput, 4, 0),
	[S_CreateAssetOutput] = MEMBERS(STRUCTURE, CreateAssetOutput, 8, 0),
	[S_CreateAssetOutputGovernedGlossaryTermsList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_CreateAssetRevisionInput] = MEMBERS(STRUCTURE, CreateAssetRevisionInput, 3, 0),
	[S_CreateAssetRevisionOutput] = MEMBERS(STRUCTURE, CreateAssetRevisionOutput, 8, 0),
	[S_CreateAssetRevisionOutputGovernedGlossaryTermsList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_CreateAssetTypeInput] = MEMBERS(STRUCTURE, CreateAssetTypeInput, 4, 0),
	[S_CreateAssetTypeOutput] = MEMBERS(STRUCTURE, CreateAssetTypeOutput, 4, 0),
	[S_CreateAssetTypePolicyGrantDetail] = MEMBERS(STRUCTURE, CreateAssetTypePolicyGrantDetail, 0, 0),
	[S_CreateConnectionInput] = MEMBERS(STRUCTURE, CreateConnectionInput, 2, 0),
	[S_CreateConnectionOutput] = MEMBERS(STRUCTURE, CreateConnectionOutput, 6, 0),
	[S_CreateDataProductInput] = MEMBERS(STRUCTURE, CreateDataProductInput, 3, 0),
	[S_CreateDataProductOutput] = MEMBERS(STRUCTURE, CreateDataProductOutput, 6, 0),
	[S_CreateDataProductRevisionInput] = MEMBERS(STRUCTURE, CreateDataProductRevisionInput, 3, 0),
	[S_CreateDataProductRevisionOutput] = MEMBERS(STRUCTURE, CreateDataProductRevisionOutput, 6, 0),
	[S_CreateDataSourceInput] = MEMBERS(STRUCTURE, CreateDataSourceInput, 4, 0),
	[S_CreateDataSourceOutput] = MEMBERS(STRUCTURE, CreateDataSourceOutput, 4, 0),
	[S_CreateDesignationInput] = MEMBERS(STRUCTURE, CreateDesignationInput, 3, 0),
	[S_CreateDesignationOutput] = MEMBERS(STRUCTURE, CreateDesignationOutput, 7, 0),
	[S_CreateDomainInput] = MEMBERS(STRUCTURE, CreateDomainInput, 1, 0),
	[S_CreateDomainOutput] = MEMBERS(STRUCTURE, CreateDomainOutput, 1, 0),
	[S_CreateDomainUnitInput] = MEMBERS(STRUCTURE, CreateDomainUnitInput, 3, 0),
	[S_CreateDomainUnitOutput] = MEMBERS(STRUCTURE, CreateDomainUnitOutput, 5, 0),
	[S_CreateDomainUnitPolicyGrantDetail] = MEMBERS(STRUCTURE, CreateDomainUnitPolicyGrantDetail, 0, 0),
	[S_CreateEnvironmentActionInput] = MEMBERS(STRUCTURE, CreateEnvironmentActionInput, 4, 0),
	[S_CreateEnvironmentActionOutput] = MEMBERS(STRUCTURE, CreateEnvironmentActionOutput, 5, 0),
	[S_CreateEnvironmentBlueprintInput] = MEMBERS(STRUCTURE, CreateEnvironmentBlueprintInput, 3, 0),
	[S_CreateEnvironmentBlueprintOutput] = MEMBERS(STRUCTURE, CreateEnvironmentBlueprintOutput, 4, 0),
	[S_CreateEnvironmentInput] = MEMBERS(STRUCTURE, CreateEnvironmentInput, 3, 0),
	[S_CreateEnvironmentOutput] = MEMBERS(STRUCTURE, CreateEnvironmentOutput, 5, 0),
	[S_CreateEnvironmentProfileInput] = MEMBERS(STRUCTURE, CreateEnvironmentProfileInput, 4, 0),
	[S_CreateEnvironmentProfileOutput] = MEMBERS(STRUCTURE, CreateEnvironmentProfileOutput, 5, 0),
	[S_CreateEnvironmentProfilePolicyGrantDetail] = MEMBERS(STRUCTURE, CreateEnvironmentProfilePolicyGrantDetail, 0, 0),
	[S_CreateFormTypeInput] = MEMBERS(STRUCTURE, CreateFormTypeInput, 4, 0),
	[S_CreateFormTypeOutput] = MEMBERS(STRUCTURE, CreateFormTypeOutput, 3, 0),
	[S_CreateFormTypePolicyGrantDetail] = MEMBERS(STRUCTURE, CreateFormTypePolicyGrantDetail, 0, 0),
	[S_CreateGlossaryInput] = MEMBERS(STRUCTURE, CreateGlossaryInput, 3, 0),
	[S_CreateGlossaryOutput] = MEMBERS(STRUCTURE, CreateGlossaryOutput, 4, 0),
	[S_CreateGlossaryPolicyGrantDetail] = MEMBERS(STRUCTURE, CreateGlossaryPolicyGrantDetail, 0, 0),
	[S_CreateGlossaryTermInput] = MEMBERS(STRUCTURE, CreateGlossaryTermInput, 3, 0),
	[S_CreateGlossaryTermOutput] = MEMBERS(STRUCTURE, CreateGlossaryTermOutput, 5, 0),
	[S_CreateGroupProfileInput] = MEMBERS(STRUCTURE, CreateGroupProfileInput, 1, 0),
	[S_CreateGroupProfileOutput] = MEMBERS(STRUCTURE, CreateGroupProfileOutput, 0, 0),
	[S_CreateListingChangeSetInput] = MEMBERS(STRUCTURE, CreateListingChangeSetInput, 4, 0),
	[S_CreateListingChangeSetOutput] = MEMBERS(STRUCTURE, CreateListingChangeSetOutput, 3, 0),
	[S_CreateNotebookInput] = MEMBERS(STRUCTURE, CreateNotebookInput, 3, 0),
	[S_CreateNotebookOutput] = MEMBERS(STRUCTURE, CreateNotebookOutput, 6, 0),
	[S_CreateProjectFromProjectProfilePolicyGrantDetail] = MEMBERS(STRUCTURE, CreateProjectFromProjectProfilePolicyGrantDetail, 0, 0),
	[S_CreateProjectInput] = MEMBERS(STRUCTURE, CreateProjectInput, 2, 0),
	[S_CreateProjectInputResourceTagsMap] = MAP(STRING_MIN_1, STRING, 0, 0, BY_PLACE),
	[S_CreateProjectMembershipInput] = MEMBERS(STRUCTURE, CreateProjectMembershipInput, 4, 0),
	[S_CreateProjectMembershipOutput] = EMPTY(STRUCTURE),
	[S_CreateProjectOutput] = MEMBERS(STRUCTURE, CreateProjectOutput, 4, 0),
	[S_CreateProjectPolicyGrantDetail] = MEMBERS(STRUCTURE, CreateProjectPolicyGrantDetail, 0, 0),
	[S_CreateProjectProfileInput] = MEMBERS(STRUCTURE, CreateProjectProfileInput, 2, 0),
	[S_CreateProjectProfileOutput] = MEMBERS(STRUCTURE, CreateProjectProfileOutput, 4, 0),
	[S_CreateRuleInput] = MEMBERS(STRUCTURE, CreateRuleInput, 6, 0),
	[S_CreateRuleOutput] = MEMBERS(STRUCTURE, CreateRuleOutput, 9, 0),
	[S_CreateSubscriptionGrantInput] = MEMBERS(STRUCTURE, CreateSubscriptionGrantInput, 3, 0),
	[S_CreateSubscriptionGrantOutput] = MEMBERS(STRUCTURE, CreateSubscriptionGrantOutput, 8, 0),
	[S_CreateSubscriptionRequestInput] = MEMBERS(STRUCTURE, CreateSubscriptionRequestInput, 4, 0),
	[S_CreateSubscriptionRequestOutput] = MEMBERS(STRUCTURE, CreateSubscriptionRequestOutput, 9, 0),
	[S_CreateSubscriptionRequestOutputSubscribedListingsList] = LIST(SubscribedListing, 0, 1, BY_PLACE),
	[S_CreateSubscriptionRequestOutputSubscribedPrincipalsList] = LIST(SubscribedPrincipal, 0, 1, BY_PLACE),
	[S_CreateSubscriptionTargetInput] = MEMBERS(STRUCTURE, CreateSubscriptionTargetInput, 8, 0),
	[S_CreateSubscriptionTargetOutput] = MEMBERS(STRUCTURE, CreateSubscriptionTargetOutput, 12, 0),
	[S_CreateUserProfileInput] = MEMBERS(STRUCTURE, CreateUserProfileInput, 2, 0),
	[S_CreateUserProfileOutput] = MEMBERS(STRUCTURE, CreateUserProfileOutput, 0, 0),
	[S_CredentialMap] = MAP(STRING_MIN_1, STRING_MIN_1, 0, 0, BY_PLACE),
	[S_CustomAccountPoolHandler] = MEMBERS(STRUCTURE, CustomAccountPoolHandler, 1, 0),
	[S_CustomParameter] = MEMBERS(STRUCTURE, CustomParameter, 2, 0),
	[S_CustomParameterList] = LIST(CustomParameter, 0, 0, BY_PLACE),
	[S_DataProductItem] = MEMBERS(STRUCTURE, DataProductItem, 2, 0),
	[S_DataProductItemAdditionalAttributes] = MEMBERS(STRUCTURE, DataProductItemAdditionalAttributes, 0, 0),
	[S_DataProductItems] = LIST(DataProductItem, 0, 1, BY_PLACE),
	[S_DataProductListing] = MEMBERS(STRUCTURE, DataProductListing, 0, 0),
	[S_DataProductListingItem] = MEMBERS(STRUCTURE, DataProductListingItem, 0, 0),
	[S_DataProductListingItemAdditionalAttributes] = MEMBERS(STRUCTURE, DataProductListingItemAdditionalAttributes, 0, 0),
	[S_DataProductResultItem] = MEMBERS(STRUCTURE, DataProductResultItem, 4, 0),
	[S_DataProductRevision] = MEMBERS(STRUCTURE, DataProductRevision, 0, 0),
	[S_DataProductRevisions] = LIST(DataProductRevision, 0, 0, BY_PLACE),
	[S_DataSourceConfigurationInput] = MEMBERS(UNION, DataSourceConfigurationInput, 0, 0),
	[S_DataSourceConfigurationOutput] = MEMBERS(UNION, DataSourceConfigurationOutput, 0, 0),
	[S_DataSourceErrorMessage] = MEMBERS(STRUCTURE, DataSourceErrorMessage, 1, 0),
	[S_DataSourceRunActivities] = LIST(DataSourceRunActivity, 0, 0, BY_PLACE),
	[S_DataSourceRunActivity] = MEMBERS(STRUCTURE, DataSourceRunActivity, 7, 0),
	[S_DataSourceRunLineageSummary] = MEMBERS(STRUCTURE, DataSourceRunLineageSummary, 0, 0),
	[S_DataSourceRunSummaries] = LIST(DataSourceRunSummary, 0, 0, BY_PLACE),
	[S_DataSourceRunSummary] = MEMBERS(STRUCTURE, DataSourceRunSummary, 7, 0),
	[S_DataSourceSummaries] = LIST(DataSourceSummary, 0, 0, BY_PLACE),
	[S_DataSourceSummary] = MEMBERS(STRUCTURE, DataSourceSummary, 5, 0),
	[S_DeleteAccountPoolInput] = MEMBERS(STRUCTURE, DeleteAccountPoolInput, 2, 0),
	[S_DeleteAccountPoolOutput] = EMPTY(STRUCTURE),
	[S_DeleteAssetFilterInput] = MEMBERS(STRUCTURE, DeleteAssetFilterInput, 3, 0),
	[S_DeleteAssetInput] = MEMBERS(STRUCTURE, DeleteAssetInput, 2, 0),
	[S_DeleteAssetOutput] = EMPTY(STRUCTURE),
	[S_DeleteAssetTypeInput] = MEMBERS(STRUCTURE, DeleteAssetTypeInput, 2, 0),
	[S_DeleteAssetTypeOutput] = EMPTY(STRUCTURE),
	[S_DeleteConnectionInput] = MEMBERS(STRUCTURE, DeleteConnectionInput, 2, 0),
	[S_DeleteConnectionOutput] = MEMBERS(STRUCTURE, DeleteConnectionOutput, 0, 0),
	[S_DeleteDataExportConfigurationInput] = MEMBERS(STRUCTURE, DeleteDataExportConfigurationInput, 1, 0),
	[S_DeleteDataExportConfigurationOutput] = EMPTY(STRUCTURE),
	[S_DeleteDataProductInput] = MEMBERS(STRUCTURE, DeleteDataProductInput, 2, 0),
	[S_DeleteDataProductOutput] = EMPTY(STRUCTURE),
	[S_DeleteDataSourceInput] = MEMBERS(STRUCTURE, DeleteDataSourceInput, 2, 0),
	[S_DeleteDataSourceOutput] = MEMBERS(STRUCTURE, DeleteDataSourceOutput, 4, 0),
	[S_DeleteDesignationInput] = MEMBERS(STRUCTURE, DeleteDesignationInput, 2, 0),
	[S_DeleteDesignationOutput] = EMPTY(STRUCTURE),
	[S_DeleteDomainInput] = MEMBERS(STRUCTURE, DeleteDomainInput, 1, 0),
	[S_DeleteDomainOutput] = MEMBERS(STRUCTURE, DeleteDomainOutput, 1, 0),
	[S_DeleteDomainUnitInput] = MEMBERS(STRUCTURE, DeleteDomainUnitInput, 2, 0),
	[S_DeleteDomainUnitOutput] = EMPTY(STRUCTURE),
	[S_DeleteEnvironmentActionInput] = MEMBERS(STRUCTURE, DeleteEnvironmentActionInput, 3, 0),
	[S_DeleteEnvironmentBlueprintConfigurationInput] = MEMBERS(STRUCTURE, DeleteEnvironmentBlueprintConfigurationInput, 2, 0),
	[S_DeleteEnvironmentBlueprintConfigurationOutput] = EMPTY(STRUCTURE),
	[S_DeleteEnvironmentBlueprintInput] = MEMBERS(STRUCTURE, DeleteEnvironmentBlueprintInput, 2, 0),
	[S_DeleteEnvironmentInput] = MEMBERS(STRUCTURE, DeleteEnvironmentInput, 2, 0),
	[S_DeleteEnvironmentProfileInput] = MEMBERS(STRUCTURE, DeleteEnvironmentProfileInput, 2, 0),
	[S_DeleteFormTypeInput] = MEMBERS(STRUCTURE, DeleteFormTypeInput, 2, 0),
	[S_DeleteFormTypeOutput] = EMPTY(STRUCTURE),
	[S_DeleteGlossaryInput] = MEMBERS(STRUCTURE, DeleteGlossaryInput, 2, 0),
	[S_DeleteGlossaryOutput] = EMPTY(STRUCTURE),
	[S_DeleteGlossaryTermInput] = MEMBERS(STRUCTURE, DeleteGlossaryTermInput, 2, 0),
	[S_DeleteGlossaryTermOutput] = EMPTY(STRUCTURE),
	[S_DeleteLineageEventInput] = MEMBERS(STRUCTURE, DeleteLineageEventInput, 2, 0),
	[S_DeleteLineageEventOutput] = MEMBERS(STRUCTURE, DeleteLineageEventOutput, 0, 0),
	[S_DeleteListingInput] = MEMBERS(STRUCTURE, DeleteListingInput, 2, 0),
	[S_DeleteListingOutput] = EMPTY(STRUCTURE),
	[S_DeleteNotebookInput] = MEMBERS(STRUCTURE, DeleteNotebookInput, 2, 0),
	[S_DeleteNotebookOutput] = EMPTY(STRUCTURE),
	[S_DeleteProgress] = MEMBERS(STRUCTURE, DeleteProgress, 0, 0),
	[S_DeleteProjectInput] = MEMBERS(STRUCTURE, DeleteProjectInput, 2, 0),
	[S_DeleteProjectMembershipInput] = MEMBERS(STRUCTURE, DeleteProjectMembershipInput, 3, 0),
	[S_DeleteProjectMembershipOutput] = EMPTY(STRUCTURE),
	[S_DeleteProjectOutput] = EMPTY(STRUCTURE),
	[S_DeleteProjectProfileInput] = MEMBERS(STRUCTURE, DeleteProjectProfileInput, 2, 0),
	[S_DeleteProjectProfileOutput] = EMPTY(STRUCTURE),
	[S_DeleteRuleInput] = MEMBERS(STRUCTURE, DeleteRuleInput, 2, 0),
	[S_DeleteRuleOutput] = EMPTY(STRUCTURE),
	[S_DeleteSubscriptionGrantInput] = MEMBERS(STRUCTURE, DeleteSubscriptionGrantInput, 2, 0),
	[S_DeleteSubscriptionGrantOutput] = MEMBERS(STRUCTURE, DeleteSubscriptionGrantOutput, 8, 0),
	[S_DeleteSubscriptionRequestInput] = MEMBERS(STRUCTURE, DeleteSubscriptionRequestInput, 2, 0),
	[S_DeleteSubscriptionTargetInput] = MEMBERS(STRUCTURE, DeleteSubscriptionTargetInput, 3, 0),
	[S_DeleteTimeSeriesDataPointsInput] = MEMBERS(STRUCTURE, DeleteTimeSeriesDataPointsInput, 4, 0),
	[S_DeleteTimeSeriesDataPointsOutput] = EMPTY(STRUCTURE),
	[S_Deployment] = MEMBERS(STRUCTURE, Deployment, 0, 0),
	[S_DeploymentMessagesList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_DeploymentProperties] = MEMBERS(STRUCTURE, DeploymentProperties, 0, 0),
	[S_DesignationSummaries] = LIST(DesignationSummary, 0, 0, BY_PLACE),
	[S_DesignationSummary] = MEMBERS(STRUCTURE, DesignationSummary, 5, 0),
	[S_DetailedGlossaryTerm] = MEMBERS(STRUCTURE, DetailedGlossaryTerm, 0, 0),
	[S_DetailedGlossaryTerms] = LIST(DetailedGlossaryTerm, 0, 0, BY_PLACE),
	[S_DisassociateEnvironmentRoleInput] = MEMBERS(STRUCTURE, DisassociateEnvironmentRoleInput, 3, 0),
	[S_DisassociateEnvironmentRoleOutput] = EMPTY(STRUCTURE),
	[S_DisassociateGovernedTermsInput] = MEMBERS(STRUCTURE, DisassociateGovernedTermsInput, 4, 0),
	[S_DisassociateGovernedTermsInputGovernedGlossaryTermsList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_DisassociateGovernedTermsOutput] = EMPTY(STRUCTURE),
	[S_DomainSummaries] = LIST(DomainSummary, 0, 0, BY_PLACE),
	[S_DomainSummary] = MEMBERS(STRUCTURE, DomainSummary, 6, 0),
	[S_DomainUnitFilterForProject] = MEMBERS(STRUCTURE, DomainUnitFilterForProject, 1, 0),
	[S_DomainUnitGrantFilter] = MEMBERS(UNION, DomainUnitGrantFilter, 0, 0),
	[S_DomainUnitGroupProperties] = MEMBERS(STRUCTURE, DomainUnitGroupProperties, 0, 0),
	[S_DomainUnitIds] = LIST(STRING_MIN_1, 0, 0, BY_PLACE),
	[S_DomainUnitOwnerProperties] = MEMBERS(UNION, DomainUnitOwnerProperties, 0, 0),
	[S_DomainUnitOwners] = LIST(DomainUnitOwnerProperties, 0, 0, BY_PLACE),
	[S_DomainUnitPolicyGrantPrincipal] = MEMBERS(STRUCTURE, DomainUnitPolicyGrantPrincipal, 1, 0),
	[S_DomainUnitSummaries] = LIST(DomainUnitSummary, 0, 0, BY_PLACE),
	[S_DomainUnitSummary] = MEMBERS(STRUCTURE, DomainUnitSummary, 2, 0),
	[S_DomainUnitTarget] = MEMBERS(STRUCTURE, DomainUnitTarget, 1, 0),
	[S_DomainUnitUserProperties] = MEMBERS(STRUCTURE, DomainUnitUserProperties, 0, 0),
	[S_EnabledRegionList] = LIST(STRING_MIN_4, 0, 0, BY_PLACE),
	[S_EncryptionConfiguration] = MEMBERS(STRUCTURE, EncryptionConfiguration, 0, 0),
	[S_EntityOwners] = LIST(OwnerPropertiesOutput, 0, 0, BY_PLACE),
	[S_EntityPattern] = MEMBERS(STRUCTURE, EntityPattern, 2, 0),
	[S_EnvironmentActionList] = LIST(ConfigurableEnvironmentAction, 0, 0, BY_PLACE),
	[S_EnvironmentActionSummary] = MEMBERS(STRUCTURE, EnvironmentActionSummary, 5, 0),
	[S_EnvironmentBlueprintConfigurationItem] = MEMBERS(STRUCTURE, EnvironmentBlueprintConfigurationItem, 2, 0),
	[S_EnvironmentBlueprintConfigurations] = LIST(EnvironmentBlueprintConfigurationItem, 0, 0, BY_PLACE),
	[S_EnvironmentBlueprintSummaries] = LIST(EnvironmentBlueprintSummary, 0, 0, BY_PLACE),
	[S_EnvironmentBlueprintSummary] = MEMBERS(STRUCTURE, EnvironmentBlueprintSummary, 4, 0),
	[S_EnvironmentConfig] = MEMBERS(STRUCTURE, EnvironmentConfig, 0, 0),
	[S_EnvironmentConfiguration] = MEMBERS(STRUCTURE, EnvironmentConfiguration, 2, 0),
	[S_EnvironmentConfigurationParameter] = MEMBERS(STRUCTURE, EnvironmentConfigurationParameter, 0, 0),
	[S_EnvironmentConfigurationParametersDetails] = MEMBERS(STRUCTURE, EnvironmentConfigurationParametersDetails, 0, 0),
	[S_EnvironmentConfigurationParametersList] = LIST(EnvironmentConfigurationParameter, 0, 0, BY_PLACE),
	[S_EnvironmentConfigurationUserParameter] = MEMBERS(STRUCTURE, EnvironmentConfigurationUserParameter, 0, 0),
	[S_EnvironmentConfigurationUserParametersList] = LIST(EnvironmentConfigurationUserParameter, 0, 0, BY_PLACE),
	[S_EnvironmentConfigurationsList] = LIST(EnvironmentConfiguration, 0, 0, BY_PLACE),
	[S_EnvironmentDeploymentDetails] = MEMBERS(STRUCTURE, EnvironmentDeploymentDetails, 0, 0),
	[S_EnvironmentError] = MEMBERS(STRUCTURE, EnvironmentError, 1, 0),
	[S_EnvironmentFailureReasons] = MAP(STRING, EnvironmentFailureReasonsList, 0, 0, BY_PLACE),
	[S_EnvironmentFailureReasonsList] = LIST(EnvironmentError, 0, 0, BY_PLACE),
	[S_EnvironmentParameter] = MEMBERS(STRUCTURE, EnvironmentParameter, 0, 0),
	[S_EnvironmentParametersList] = LIST(EnvironmentParameter, 0, 0, BY_PLACE),
	[S_EnvironmentProfileSummaries] = LIST(EnvironmentProfileSummary, 0, 0, BY_PLACE),
	[S_EnvironmentProfileSummary] = MEMBERS(STRUCTURE, EnvironmentProfileSummary, 5, 0),
	[S_EnvironmentResolvedAccount] = MEMBERS(STRUCTURE, EnvironmentResolvedAccount, 2, 0),
	[S_EnvironmentSummaries] = LIST(EnvironmentSummary, 0, 0, BY_PLACE),
	[S_EnvironmentSummary] = MEMBERS(STRUCTURE, EnvironmentSummary, 5, 0),
	[S_EqualToExpression] = MEMBERS(STRUCTURE, EqualToExpression, 2, 0),
	[S_EventSummary] = MEMBERS(UNION, EventSummary, 0, 0),
	[S_FailedQueryProcessingErrorMessages] = LIST(STRING, 0, 0, BY_PLACE),
	[S_FailureCause] = MEMBERS(STRUCTURE, FailureCause, 0, 0),
	[S_FailureReason] = MEMBERS(STRUCTURE, FailureReason, 0, 0),
	[S_FailureReasons] = LIST(ProjectDeletionError, 0, 0, BY_PLACE),
	[S_FailureReasonsList] = LIST(FailureReason, 0, 0, BY_PLACE),
	[S_Filter] = MEMBERS(STRUCTURE, Filter, 1, 0),
	[S_FilterClause] = MEMBERS(UNION, FilterClause, 0, 0),
	[S_FilterExpression] = MEMBERS(STRUCTURE, FilterExpression, 2, 0),
	[S_FilterExpressions] = LIST(FilterExpression, 0, 0, BY_PLACE),
	[S_FilterIds] = LIST(STRING, 0, 0, BY_PLACE),
	[S_FilterList] = LIST(FilterClause, 0, 1, BY_PLACE),
	[S_FormEntryInput] = MEMBERS(STRUCTURE, FormEntryInput, 2, 0),
	[S_FormEntryOutput] = MEMBERS(STRUCTURE, FormEntryOutput, 2, 0),
	[S_FormInput] = MEMBERS(STRUCTURE, FormInput, 1, 0),
	[S_FormInputList] = LIST(FormInput, 0, 0, BY_PLACE),
	[S_FormNameList] = LIST(STRING_MIN_1, 0, 1, BY_PLACE),
	[S_FormOutput] = MEMBERS(STRUCTURE, FormOutput, 1, 0),
	[S_FormOutputList] = LIST(FormOutput, 0, 0, BY_PLACE),
	[S_FormTypeData] = MEMBERS(STRUCTURE, FormTypeData, 3, 0),
	[S_FormsInputMap] = MAP(STRING_MIN_1, FormEntryInput, 0, 0, BY_PLACE),
	[S_FormsOutputMap] = MAP(STRING_MIN_1, FormEntryOutput, 0, 0, BY_PLACE),
	[S_GetAccountPoolInput] = MEMBERS(STRUCTURE, GetAccountPoolInput, 2, 0),
	[S_GetAccountPoolOutput] = MEMBERS(STRUCTURE, GetAccountPoolOutput, 2, 0),
	[S_GetAssetFilterInput] = MEMBERS(STRUCTURE, GetAssetFilterInput, 3, 0),
	[S_GetAssetFilterOutput] = MEMBERS(STRUCTURE, GetAssetFilterOutput, 5, 0),
	[S_GetAssetInput] = MEMBERS(STRUCTURE, GetAssetInput, 2, 0),
	[S_GetAssetOutput] = MEMBERS(STRUCTURE, GetAssetOutput, 8, 0),
	[S_GetAssetOutputGovernedGlossaryTermsList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_GetAssetTypeInput] = MEMBERS(STRUCTURE, GetAssetTypeInput, 2, 0),
	[S_GetAssetTypeOutput] = MEMBERS(STRUCTURE, GetAssetTypeOutput, 5, 0),
	[S_GetConnectionInput] = MEMBERS(STRUCTURE, GetConnectionInput, 2, 0),
	[S_GetConnectionOutput] = MEMBERS(STRUCTURE, GetConnectionOutput, 6, 0),
	[S_GetDataExportConfigurationInput] = MEMBERS(STRUCTURE, GetDataExportConfigurationInput, 1, 0),
	[S_GetDataExportConfigurationOutput] = MEMBERS(STRUCTURE, GetDataExportConfigurationOutput, 0, 0),
	[S_GetDataProductInput] = MEMBERS(STRUCTURE, GetDataProductInput, 2, 0),
	[S_GetDataProductOutput] = MEMBERS(STRUCTURE, GetDataProductOutput, 6, 0),
	[S_GetDataSourceInput] = MEMBERS(STRUCTURE, GetDataSourceInput, 2, 0),
	[S_GetDataSourceOutput] = MEMBERS(STRUCTURE, GetDataSourceOutput, 4, 0),
	[S_GetDataSourceRunInput] = MEMBERS(STRUCTURE, GetDataSourceRunInput, 2, 0),
	[S_GetDataSourceRunOutput] = MEMBERS(STRUCTURE, GetDataSourceRunOutput, 8, 0),
	[S_GetDesignationInput] = MEMBERS(STRUCTURE, GetDesignationInput, 2, 0),
	[S_GetDesignationOutput] = MEMBERS(STRUCTURE, GetDesignationOutput, 7, 0),
	[S_GetDomainInput] = MEMBERS(STRUCTURE, GetDomainInput, 1, 0),
	[S_GetDomainOutput] = MEMBERS(STRUCTURE, GetDomainOutput, 3, 0),
	[S_GetDomainUnitInput] = MEMBERS(STRUCTURE, GetDomainUnitInput, 2, 0),
	[S_GetDomainUnitOutput] = MEMBERS(STRUCTURE, GetDomainUnitOutput, 4, 0),
	[S_GetEnvironmentActionInput] = MEMBERS(STRUCTURE, GetEnvironmentActionInput, 3, 0),
	[S_GetEnvironmentActionOutput] = MEMBERS(STRUCTURE, GetEnvironmentActionOutput, 5, 0),
	[S_GetEnvironmentBlueprintConfigurationInput] = MEMBERS(STRUCTURE, GetEnvironmentBlueprintConfigurationInput, 2, 0),
	[S_GetEnvironmentBlueprintConfigurationOutput] = MEMBERS(STRUCTURE, GetEnvironmentBlueprintConfigurationOutput, 2, 0),
	[S_GetEnvironmentBlueprintInput] = MEMBERS(STRUCTURE, GetEnvironmentBlueprintInput, 2, 0),
	[S_GetEnvironmentBlueprintOutput] = MEMBERS(STRUCTURE, GetEnvironmentBlueprintOutput, 4, 0),
	[S_GetEnvironmentCredentialsInput] = MEMBERS(STRUCTURE, GetEnvironmentCredentialsInput, 2, 0),
	[S_GetEnvironmentCredentialsOutput] = MEMBERS(STRUCTURE, GetEnvironmentCredentialsOutput, 0, 0),
	[S_GetEnvironmentInput] = MEMBERS(STRUCTURE, GetEnvironmentInput, 2, 0),
	[S_GetEnvironmentOutput] = MEMBERS(STRUCTURE, GetEnvironmentOutput, 5, 0),
	[S_GetEnvironmentProfileInput] = MEMBERS(STRUCTURE, GetEnvironmentProfileInput, 2, 0),
	[S_GetEnvironmentProfileOutput] = MEMBERS(STRUCTURE, GetEnvironmentProfileOutput, 5, 0),
	[S_GetFormTypeInput] = MEMBERS(STRUCTURE, GetFormTypeInput, 2, 0),
	[S_GetFormTypeOutput] = MEMBERS(STRUCTURE, GetFormTypeOutput, 4, 0),
	[S_GetGlossaryInput] = MEMBERS(STRUCTURE, GetGlossaryInput, 2, 0),
	[S_GetGlossaryOutput] = MEMBERS(STRUCTURE, GetGlossaryOutput, 5, 0),
	[S_GetGlossaryTermInput] = MEMBERS(STRUCTURE, GetGlossaryTermInput, 2, 0),
	[S_GetGlossaryTermOutput] = MEMBERS(STRUCTURE, GetGlossaryTermOutput, 5, 0),
	[S_GetGroupProfileInput] = MEMBERS(STRUCTURE, GetGroupProfileInput, 2, 0),
	[S_GetGroupProfileOutput] = MEMBERS(STRUCTURE, GetGroupProfileOutput, 0, 0),
	[S_GetIamPortalLoginUrlInput] = MEMBERS(STRUCTURE, GetIamPortalLoginUrlInput, 1, 0),
	[S_GetIamPortalLoginUrlOutput] = MEMBERS(STRUCTURE, GetIamPortalLoginUrlOutput, 1, 0),
	[S_GetJobRunInput] = MEMBERS(STRUCTURE, GetJobRunInput, 2, 0),
	[S_GetJobRunOutput] = MEMBERS(STRUCTURE, GetJobRunOutput, 0, 0),
	[S_GetLineageEventInput] = MEMBERS(STRUCTURE, GetLineageEventInput, 2, 0),
	[S_GetLineageEventOutput] = MEMBERS(STRUCTURE, GetLineageEventOutput, 0, DZ_SHAPE_RENAMED),
	[S_GetLineageNodeInput] = MEMBERS(STRUCTURE, GetLineageNodeInput, 2, DZ_SHAPE_RENAMED),
	[S_GetLineageNodeOutput] = MEMBERS(STRUCTURE, GetLineageNodeOutput, 3, 0),
	[S_GetListingInput] = MEMBERS(STRUCTURE, GetListingInput, 2, 0),
	[S_GetListingOutput] = MEMBERS(STRUCTURE, GetListingOutput, 3, 0),
	[S_GetMetadataGenerationRunInput] = MEMBERS(STRUCTURE, GetMetadataGenerationRunInput, 2, 0),
	[S_GetMetadataGenerationRunOutput] = MEMBERS(STRUCTURE, GetMetadataGenerationRunOutput, 3, 0),
	[S_GetNotebookExportInput] = MEMBERS(STRUCTURE, GetNotebookExportInput, 2, 0),
	[S_GetNotebookExportOutput] = MEMBERS(STRUCTURE, GetNotebookExportOutput, 6, 0),
	[S_GetNotebookInput] = MEMBERS(STRUCTURE, GetNotebookInput, 2, 0),
	[S_GetNotebookOutput] = MEMBERS(STRUCTURE, GetNotebookOutput, 6, 0),
	[S_GetNotebookRunInput] = MEMBERS(STRUCTURE, GetNotebookRunInput, 2, 0),
	[S_GetNotebookRunOutput] = MEMBERS(STRUCTURE, GetNotebookRunOutput, 5, 0),
	[S_GetProjectInput] = MEMBERS(STRUCTURE, GetProjectInput, 2, 0),
	[S_GetProjectOutput] = MEMBERS(STRUCTURE, GetProjectOutput, 4, 0),
	[S_GetProjectProfileInput] = MEMBERS(STRUCTURE, GetProjectProfileInput, 2, 0),
	[S_GetProjectProfileOutput] = MEMBERS(STRUCTURE, GetProjectProfileOutput, 4, 0),
	[S_GetRuleInput] = MEMBERS(STRUCTURE, GetRuleInput, 2, 0),
	[S_GetRuleOutput] = MEMBERS(STRUCTURE, GetRuleOutput, 12, 0),
	[S_GetSubscriptionGrantInput] = MEMBERS(STRUCTURE, GetSubscriptionGrantInput, 2, 0),
	[S_GetSubscriptionGrantOutput] = MEMBERS(STRUCTURE, GetSubscriptionGrantOutput, 8, 0),
	[S_GetSubscriptionInput] = MEMBERS(STRUCTURE, GetSubscriptionInput, 2, 0),
	[S_GetSubscriptionOutput] = MEMBERS(STRUCTURE, GetSubscriptionOutput, 8, 0),
	[S_GetSubscriptionRequestDetailsInput] = MEMBERS(STRUCTURE, GetSubscriptionRequestDetailsInput, 2, 0),
	[S_GetSubscriptionRequestDetailsOutput] = MEMBERS(STRUCTURE, GetSubscriptionRequestDetailsOutput, 9, 0),
	[S_GetSubscriptionRequestDetailsOutputSubscribedListingsList] = LIST(SubscribedListing, 0, 1, BY_PLACE),
	[S_GetSubscriptionRequestDetailsOutputSubscribedPrincipalsList] = LIST(SubscribedPrincipal, 0, 1, BY_PLACE),
	[S_GetSubscriptionTargetInput] = MEMBERS(STRUCTURE, GetSubscriptionTargetInput, 3, 0),
	[S_GetSubscriptionTargetOutput] = MEMBERS(STRUCTURE, GetSubscriptionTargetOutput, 12, 0),
	[S_GetTimeSeriesDataPointInput] = MEMBERS(STRUCTURE, GetTimeSeriesDataPointInput, 5, 0),
	[S_GetTimeSeriesDataPointOutput] = MEMBERS(STRUCTURE, GetTimeSeriesDataPointOutput, 0, 0),
	[S_GetUserProfileInput] = MEMBERS(STRUCTURE, GetUserProfileInput, 2, 0),
	[S_GetUserProfileOutput] = MEMBERS(STRUCTURE, GetUserProfileOutput, 0, 0),
	[S_GitMetadata] = MEMBERS(STRUCTURE, GitMetadata, 4, 0),
	[S_GitPropertiesInput] = MEMBERS(STRUCTURE, GitPropertiesInput, 3, 0),
	[S_GitPropertiesOutput] = MEMBERS(STRUCTURE, GitPropertiesOutput, 3, 0),
	[S_GitPropertiesPatch] = MEMBERS(STRUCTURE, GitPropertiesPatch, 0, 0),
	[S_GlobalParameterMap] = MAP(STRING, STRING, 0, 0, BY_PLACE),
	[S_GlossaryItem] = MEMBERS(STRUCTURE, GlossaryItem, 5, 0),
	[S_GlossaryItemAdditionalAttributes] = MEMBERS(STRUCTURE, GlossaryItemAdditionalAttributes, 0, 0),
	[S_GlossaryTermEnforcementDetail] = MEMBERS(STRUCTURE, GlossaryTermEnforcementDetail, 0, 0),
	[S_GlossaryTermIdentifiers] = LIST(STRING, 0, 1, BY_PLACE),
	[S_GlossaryTermItem] = MEMBERS(STRUCTURE, GlossaryTermItem, 5, 0),
	[S_GlossaryTermItemAdditionalAttributes] = MEMBERS(STRUCTURE, GlossaryTermItemAdditionalAttributes, 0, 0),
	[S_GlossaryTerms] = LIST(STRING, 0, 1, BY_PLACE),
	[S_GlossaryUsageRestrictions] = LIST(STRING, 0, 1, BY_PLACE),
	[S_GlueConnection] = MEMBERS(STRUCTURE, GlueConnection, 0, 0),
	[S_GlueConnectionInput] = MEMBERS(STRUCTURE, GlueConnectionInput, 0, 0),
	[S_GlueConnectionNames] = LIST(STRING, 0, 1, BY_PLACE),
	[S_GlueConnectionPatch] = MEMBERS(STRUCTURE, GlueConnectionPatch, 0, 0),
	[S_GlueOAuth2Credentials] = MEMBERS(STRUCTURE, GlueOAuth2Credentials, 0, 0),
	[S_GluePropertiesInput] = MEMBERS(STRUCTURE, GluePropertiesInput, 0, 0),
	[S_GluePropertiesOutput] = MEMBERS(STRUCTURE, GluePropertiesOutput, 0, 0),
	[S_GluePropertiesPatch] = MEMBERS(STRUCTURE, GluePropertiesPatch, 0, 0),
	[S_GlueRunConfigurationInput] = MEMBERS(STRUCTURE, GlueRunConfigurationInput, 1, 0),
	[S_GlueRunConfigurationOutput] = MEMBERS(STRUCTURE, GlueRunConfigurationOutput, 1, 0),
	[S_GlueSelfGrantStatusOutput] = MEMBERS(STRUCTURE, GlueSelfGrantStatusOutput, 1, 0),
	[S_GrantedEntity] = MEMBERS(UNION, GrantedEntity, 0, 0),
	[S_GrantedEntityInput] = MEMBERS(UNION, GrantedEntityInput, 0, 0),
	[S_GreaterThanExpression] = MEMBERS(STRUCTURE, GreaterThanExpression, 2, 0),
	[S_GreaterThanOrEqualToExpression] = MEMBERS(STRUCTURE, GreaterThanOrEqualToExpression, 2, 0),
	[S_GroupDetails] = MEMBERS(STRUCTURE, GroupDetails, 1, 0),
	[S_GroupPolicyGrantPrincipal] = MEMBERS(UNION, GroupPolicyGrantPrincipal, 0, 0),
	[S_GroupProfileSummaries] = LIST(GroupProfileSummary, 0, 0, BY_PLACE),
	[S_GroupProfileSummary] = MEMBERS(STRUCTURE, GroupProfileSummary, 0, 0),
	[S_HyperPodPropertiesInput] = MEMBERS(STRUCTURE, HyperPodPropertiesInput, 1, 0),
	[S_HyperPodPropertiesOutput] = MEMBERS(STRUCTURE, HyperPodPropertiesOutput, 1, 0),
	[S_IamPropertiesInput] = MEMBERS(STRUCTURE, IamPropertiesInput, 0, 0),
	[S_IamPropertiesOutput] = MEMBERS(STRUCTURE, IamPropertiesOutput, 0, 0),
	[S_IamPropertiesPatch] = MEMBERS(STRUCTURE, IamPropertiesPatch, 0, 0),
	[S_IamUserProfileDetails] = MEMBERS(STRUCTURE, IamUserProfileDetails, 0, 0),
	[S_IdentityMapping] = MEMBERS(STRUCTURE, IdentityMapping, 1, 0),
	[S_Import] = MEMBERS(STRUCTURE, Import, 2, 0),
	[S_ImportList] = LIST(Import, 0, 1, BY_PLACE),
	[S_InExpression] = MEMBERS(STRUCTURE, InExpression, 2, 0),
	[S_IsNotNullExpression] = MEMBERS(STRUCTURE, IsNotNullExpression, 1, 0),
	[S_IsNullExpression] = MEMBERS(STRUCTURE, IsNullExpression, 1, 0),
	[S_ItemGlossaryTerms] = LIST(STRING, 0, 1, BY_PLACE),
	[S_JobRunDetails] = MEMBERS(UNION, JobRunDetails, 0, 0),
	[S_JobRunError] = MEMBERS(STRUCTURE, JobRunError, 1, 0),
	[S_JobRunSummaries] = LIST(JobRunSummary, 0, 0, BY_PLACE),
	[S_JobRunSummary] = MEMBERS(STRUCTURE, JobRunSummary, 0, 0),
	[S_LakeFormationConfiguration] = MEMBERS(STRUCTURE, LakeFormationConfiguration, 0, 0),
	[S_LakehousePropertiesInput] = MEMBERS(STRUCTURE, LakehousePropertiesInput, 0, 0),
	[S_LakehousePropertiesOutput] = MEMBERS(STRUCTURE, LakehousePropertiesOutput, 0, 0),
	[S_LakehousePropertiesPatch] = MEMBERS(STRUCTURE, LakehousePropertiesPatch, 0, 0),
	[S_LessThanExpression] = MEMBERS(STRUCTURE, LessThanExpression, 2, 0),
	[S_LessThanOrEqualToExpression] = MEMBERS(STRUCTURE, LessThanOrEqualToExpression, 2, 0),
	[S_LikeExpression] = MEMBERS(STRUCTURE, LikeExpression, 2, 0),
	[S_LineageEventSummaries] = LIST(LineageEventSummary, 0, 0, BY_PLACE),
	[S_LineageEventSummary] = MEMBERS(STRUCTURE, LineageEventSummary, 0, 0),
	[S_LineageInfo] = MEMBERS(STRUCTURE, LineageInfo, 0, 0),
	[S_LineageNodeIds] = LIST(STRING, 0, 0, BY_PLACE),
	[S_LineageNodeItem] = MEMBERS(STRUCTURE, LineageNodeItem, 3, 0),
	[S_LineageNodeReference] = MEMBERS(STRUCTURE, LineageNodeReference, 0, 0),
	[S_LineageNodeReferenceList] = LIST(LineageNodeReference, 0, 0, BY_PLACE),
	[S_LineageNodeSummaries] = LIST(LineageNodeSummary, 0, 0, BY_PLACE),
	[S_LineageNodeSummary] = MEMBERS(STRUCTURE, LineageNodeSummary, 3, 0),
	[S_LineageNodeTypeItem] = MEMBERS(STRUCTURE, LineageNodeTypeItem, 3, 0),
	[S_LineageRunDetails] = MEMBERS(STRUCTURE, LineageRunDetails, 0, 0),
	[S_LineageSqlQueryRunDetails] = MEMBERS(STRUCTURE, LineageSqlQueryRunDetails, 0, 0),
	[S_LineageSyncInput] = MEMBERS(STRUCTURE, LineageSyncInput, 1, 0),
	[S_LineageSyncOutput] = MEMBERS(STRUCTURE, LineageSyncOutput, 0, 0),
	[S_LineageSyncSchedule] = MEMBERS(STRUCTURE, LineageSyncSchedule, 0, 0),
	[S_ListAccountPoolsInput] = MEMBERS(STRUCTURE, ListAccountPoolsInput, 1, 0),
	[S_ListAccountPoolsOutput] = MEMBERS(STRUCTURE, ListAccountPoolsOutput, 0, 0),
	[S_ListAccountsInAccountPoolInput] = MEMBERS(STRUCTURE, ListAccountsInAccountPoolInput, 2, 0),
	[S_ListAccountsInAccountPoolOutput] = MEMBERS(STRUCTURE, ListAccountsInAccountPoolOutput, 0, 0),
	[S_ListAssetFiltersInput] = MEMBERS(STRUCTURE, ListAssetFiltersInput, 2, 0),
	[S_ListAssetFiltersOutput] = MEMBERS(STRUCTURE, ListAssetFiltersOutput, 1, 0),
	[S_ListAssetRevisionsInput] = MEMBERS(STRUCTURE, ListAssetRevisionsInput, 2, 0),
	[S_ListAssetRevisionsOutput] = MEMBERS(STRUCTURE, ListAssetRevisionsOutput, 0, 0),
	[S_ListConnectionsInput] = MEMBERS(STRUCTURE, ListConnectionsInput, 1, 0),
	[S_ListConnectionsOutput] = MEMBERS(STRUCTURE, ListConnectionsOutput, 1, 0),
	[S_ListDataProductRevisionsInput] = MEMBERS(STRUCTURE, ListDataProductRevisionsInput, 2, 0),
	[S_ListDataProductRevisionsOutput] = MEMBERS(STRUCTURE, ListDataProductRevisionsOutput, 1, 0),
	[S_ListDataSourceRunActivitiesInput] = MEMBERS(STRUCTURE, ListDataSourceRunActivitiesInput, 2, 0),
	[S_ListDataSourceRunActivitiesOutput] = MEMBERS(STRUCTURE, ListDataSourceRunActivitiesOutput, 1, 0),
	[S_ListDataSourceRunsInput] = MEMBERS(STRUCTURE, ListDataSourceRunsInput, 2, 0),
	[S_ListDataSourceRunsOutput] = MEMBERS(STRUCTURE, ListDataSourceRunsOutput, 1, 0),
	[S_ListDataSourcesInput] = MEMBERS(STRUCTURE, ListDataSourcesInput, 2, 0),
	[S_ListDataSourcesOutput] = MEMBERS(STRUCTURE, ListDataSourcesOutput, 1, 0),
	[S_ListDesignationsInput] = MEMBERS(STRUCTURE, ListDesignationsInput, 1, 0),
	[S_ListDesignationsOutput] = MEMBERS(STRUCTURE, ListDesignationsOutput, 0, 0),
	[S_ListDomainUnitsForParentInput] = MEMBERS(STRUCTURE, ListDomainUnitsForParentInput, 2, 0),
	[S_ListDomainUnitsForParentOutput] = MEMBERS(STRUCTURE, ListDomainUnitsForParentOutput, 1, 0),
	[S_ListDomainsInput] = MEMBERS(STRUCTURE, ListDomainsInput, 0, 0),
	[S_ListDomainsOutput] = MEMBERS(STRUCTURE, ListDomainsOutput, 1, 0),
	[S_ListEntityOwnersInput] = MEMBERS(STRUCTURE, ListEntityOwnersInput, 3, 0),
	[S_ListEntityOwnersOutput] = MEMBERS(STRUCTURE, ListEntityOwnersOutput, 1, 0),
	[S_ListEnvironmentActionSummaries] = LIST(EnvironmentActionSummary, 0, 0, BY_PLACE),
	[S_ListEnvironmentActionsInput] = MEMBERS(STRUCTURE, ListEnvironmentActionsInput, 2, 0),
	[S_ListEnvironmentActionsOutput] = MEMBERS(STRUCTURE, ListEnvironmentActionsOutput, 0, 0),
	[S_ListEnvironmentBlueprintConfigurationsInput] = MEMBERS(STRUCTURE, ListEnvironmentBlueprintConfigurationsInput, 1, 0),
	[S_ListEnvironmentBlueprintConfigurationsOutput] = MEMBERS(STRUCTURE, ListEnvironmentBlueprintConfigurationsOutput, 0, 0),
	[S_ListEnvironmentBlueprintsInput] = MEMBERS(STRUCTURE, ListEnvironmentBlueprintsInput, 1, 0),
	[S_ListEnvironmentBlueprintsOutput] = MEMBERS(STRUCTURE, ListEnvironmentBlueprintsOutput, 1, 0),
	[S_ListEnvironmentProfilesInput] = MEMBERS(STRUCTURE, ListEnvironmentProfilesInput, 1, 0),
	[S_ListEnvironmentProfilesOutput] = MEMBERS(STRUCTURE, ListEnvironmentProfilesOutput, 1, 0),
	[S_ListEnvironmentsInput] = MEMBERS(STRUCTURE, ListEnvironmentsInput, 2, 0),
	[S_ListEnvironmentsOutput] = MEMBERS(STRUCTURE, ListEnvironmentsOutput, 1, 0),
	[S_ListJobRunsInput] = MEMBERS(STRUCTURE, ListJobRunsInput, 2, 0),
	[S_ListJobRunsOutput] = MEMBERS(STRUCTURE, ListJobRunsOutput, 0, 0),
	[S_ListLineageEventsInput] = MEMBERS(STRUCTURE, ListLineageEventsInput, 1, 0),
	[S_ListLineageEventsOutput] = MEMBERS(STRUCTURE, ListLineageEventsOutput, 0, 0),
	[S_ListLineageNodeHistoryInput] = MEMBERS(STRUCTURE, ListLineageNodeHistoryInput, 2, DZ_SHAPE_RENAMED),
	[S_ListLineageNodeHistoryOutput] = MEMBERS(STRUCTURE, ListLineageNodeHistoryOutput, 0, 0),
	[S_ListMetadataGenerationRunsInput] = MEMBERS(STRUCTURE, ListMetadataGenerationRunsInput, 1, 0),
	[S_ListMetadataGenerationRunsOutput] = MEMBERS(STRUCTURE, ListMetadataGenerationRunsOutput, 0, 0),
	[S_ListNotebookRunsInput] = MEMBERS(STRUCTURE, ListNotebookRunsInput, 2, 0),
	[S_ListNotebookRunsOutput] = MEMBERS(STRUCTURE, ListNotebookRunsOutput, 0, 0),
	[S_ListNotebooksInput] = MEMBERS(STRUCTURE, ListNotebooksInput, 2, 0),
	[S_ListNotebooksOutput] = MEMBERS(STRUCTURE, ListNotebooksOutput, 0, 0),
	[S_ListNotificationsInput] = MEMBERS(STRUCTURE, ListNotificationsInput, 2, 0),
	[S_ListNotificationsOutput] = MEMBERS(STRUCTURE, ListNotificationsOutput, 0, 0),
	[S_ListPolicyGrantsInput] = MEMBERS(STRUCTURE, ListPolicyGrantsInput, 4, 0),
	[S_ListPolicyGrantsOutput] = MEMBERS(STRUCTURE, ListPolicyGrantsOutput, 1, 0),
	[S_ListProjectMembershipsInput] = MEMBERS(STRUCTURE, ListProjectMembershipsInput, 2, 0),
	[S_ListProjectMembershipsOutput] = MEMBERS(STRUCTURE, ListProjectMembershipsOutput, 1, 0),
	[S_ListProjectProfilesInput] = MEMBERS(STRUCTURE, ListProjectProfilesInput, 1, 0),
	[S_ListProjectProfilesOutput] = MEMBERS(STRUCTURE, ListProjectProfilesOutput, 0, 0),
	[S_ListProjectsInput] = MEMBERS(STRUCTURE, ListProjectsInput, 1, 0),
	[S_ListProjectsOutput] = MEMBERS(STRUCTURE, ListProjectsOutput, 0, 0),
	[S_ListRulesInput] = MEMBERS(STRUCTURE, ListRulesInput, 3, DZ_SHAPE_RENAMED),
	[S_ListRulesOutput] = MEMBERS(STRUCTURE, ListRulesOutput, 1, 0),
	[S_ListSubscriptionGrantsInput] = MEMBERS(STRUCTURE, ListSubscriptionGrantsInput, 1, 0),
	[S_ListSubscriptionGrantsOutput] = MEMBERS(STRUCTURE, ListSubscriptionGrantsOutput, 1, 0),
	[S_ListSubscriptionRequestsInput] = MEMBERS(STRUCTURE, ListSubscriptionRequestsInput, 1, 0),
	[S_ListSubscriptionRequestsOutput] = MEMBERS(STRUCTURE, ListSubscriptionRequestsOutput, 1, 0),
	[S_ListSubscriptionTargetsInput] = MEMBERS(STRUCTURE, ListSubscriptionTargetsInput, 2, 0),
	[S_ListSubscriptionTargetsOutput] = MEMBERS(STRUCTURE, ListSubscriptionTargetsOutput, 1, 0),
	[S_ListSubscriptionsInput] = MEMBERS(STRUCTURE, ListSubscriptionsInput, 1, 0),
	[S_ListSubscriptionsOutput] = MEMBERS(STRUCTURE, ListSubscriptionsOutput, 1, 0),
	[S_ListTagsForResourceRequest] = MEMBERS(STRUCTURE, ListTagsForResourceRequest, 1, 0),
	[S_ListTagsForResourceResponse] = MEMBERS(STRUCTURE, ListTagsForResourceResponse, 0, 0),
	[S_ListTimeSeriesDataPointsInput] = MEMBERS(STRUCTURE, ListTimeSeriesDataPointsInput, 4, 0),
	[S_ListTimeSeriesDataPointsOutput] = MEMBERS(STRUCTURE, ListTimeSeriesDataPointsOutput, 0, 0),
	[S_ListingItem] = MEMBERS(UNION, ListingItem, 0, 0),
	[S_ListingRevision] = MEMBERS(STRUCTURE, ListingRevision, 2, 0),
	[S_ListingRevisionInput] = MEMBERS(STRUCTURE, ListingRevisionInput, 2, 0),
	[S_ListingSummaries] = LIST(ListingSummary, 0, 0, BY_PLACE),
	[S_ListingSummary] = MEMBERS(STRUCTURE, ListingSummary, 0, 0),
	[S_ListingSummaryItem] = MEMBERS(STRUCTURE, ListingSummaryItem, 0, 0),
	[S_ListingSummaryItems] = LIST(ListingSummaryItem, 0, 0, BY_PLACE),
	[S_ManagedEndpointCredentials] = MEMBERS(STRUCTURE, ManagedEndpointCredentials, 0, 0),
	[S_MatchClause] = MEMBERS(UNION, MatchClause, 0, 0),
	[S_MatchClauses] = LIST(MatchClause, 0, 2, BY_PLACE),
	[S_MatchCriteria] = LIST(STRING, 0, 0, BY_PLACE),
	[S_MatchOffset] = MEMBERS(STRUCTURE, MatchOffset, 0, 0),
	[S_MatchOffsets] = LIST(MatchOffset, 0, 0, BY_PLACE),
	[S_MatchRationale] = LIST(MatchRationaleItem, 0, 0, BY_PLACE),
	[S_MatchRationaleItem] = MEMBERS(UNION, MatchRationaleItem, 0, 0),
	[S_Member] = MEMBERS(UNION, Member, 0, 0),
	[S_MemberDetails] = MEMBERS(UNION, MemberDetails, 0, 0),
	[S_Metadata] = MAP(STRING, STRING, 0, 0, BY_PLACE),
	[S_MetadataFormEnforcementDetail] = MEMBERS(STRUCTURE, MetadataFormEnforcementDetail, 0, 0),
	[S_MetadataFormInputs] = LIST(FormInput, 0, 0, BY_PLACE),
	[S_MetadataFormReference] = MEMBERS(STRUCTURE, MetadataFormReference, 2, 0),
	[S_MetadataFormSummary] = MEMBERS(STRUCTURE, MetadataFormSummary, 2, 0),
	[S_MetadataForms] = LIST(FormOutput, 0, 0, BY_PLACE),
	[S_MetadataFormsSummary] = LIST(MetadataFormSummary, 0, 0, BY_PLACE),
	[S_MetadataGenerationRunItem] = MEMBERS(STRUCTURE, MetadataGenerationRunItem, 3, 0),
	[S_MetadataGenerationRunTarget] = MEMBERS(STRUCTURE, MetadataGenerationRunTarget, 2, 0),
	[S_MetadataGenerationRunTypeStat] = MEMBERS(STRUCTURE, MetadataGenerationRunTypeStat, 2, 0),
	[S_MetadataGenerationRunTypeStats] = LIST(MetadataGenerationRunTypeStat, 0, 0, BY_PLACE),
	[S_MetadataGenerationRunTypes] = LIST(STRING, 0, 1, BY_PLACE),
	[S_MetadataGenerationRuns] = LIST(MetadataGenerationRunItem, 0, 0, BY_PLACE),
	[S_MetadataMap] = MAP(STRING, STRING, 0, 0, BY_PLACE),
	[S_MlflowPropertiesInput] = MEMBERS(STRUCTURE, MlflowPropertiesInput, 0, 0),
	[S_MlflowPropertiesOutput] = MEMBERS(STRUCTURE, MlflowPropertiesOutput, 0, 0),
	[S_MlflowPropertiesPatch] = MEMBERS(STRUCTURE, MlflowPropertiesPatch, 0, 0),
	[S_Model] = MEMBERS(UNION, Model, 0, 0),
	[S_NameIdentifier] = MEMBERS(STRUCTURE, NameIdentifier, 0, 0),
	[S_NameIdentifiers] = LIST(NameIdentifier, 0, 0, BY_PLACE),
	[S_NetworkConfig] = MEMBERS(STRUCTURE, NetworkConfig, 1, 0),
	[S_NotEqualToExpression] = MEMBERS(STRUCTURE, NotEqualToExpression, 2, 0),
	[S_NotInExpression] = MEMBERS(STRUCTURE, NotInExpression, 2, 0),
	[S_NotLikeExpression] = MEMBERS(STRUCTURE, NotLikeExpression, 2, 0),
	[S_NotebookError] = MEMBERS(STRUCTURE, NotebookError, 1, 0),
	[S_NotebookExportError] = MEMBERS(STRUCTURE, NotebookExportError, 1, 0),
	[S_NotebookRunError] = MEMBERS(STRUCTURE, NotebookRunError, 1, 0),
	[S_NotebookRunSummary] = MEMBERS(STRUCTURE, NotebookRunSummary, 5, 0),
	[S_NotebookRunSummaryList] = LIST(NotebookRunSummary, 0, 0, BY_PLACE),
	[S_NotebookSummary] = MEMBERS(STRUCTURE, NotebookSummary, 5, 0),
	[S_NotebookSummaryList] = LIST(NotebookSummary, 0, 0, BY_PLACE),
	[S_NotificationConfig] = MEMBERS(STRUCTURE, NotificationConfig, 1, 0),
	[S_NotificationOutput] = MEMBERS(STRUCTURE, NotificationOutput, 9, 0),
	[S_NotificationResource] = MEMBERS(STRUCTURE, NotificationResource, 2, 0),
	[S_NotificationSubjects] = LIST(STRING, 0, 0, BY_PLACE),
	[S_NotificationsList] = LIST(NotificationOutput, 0, 0, BY_PLACE),
	[S_NotifyOnStates] = LIST(STRING, 0, 0, BY_PLACE),
	[S_OAuth2ClientApplication] = MEMBERS(STRUCTURE, OAuth2ClientApplication, 0, 0),
	[S_OAuth2Properties] = MEMBERS(STRUCTURE, OAuth2Properties, 0, 0),
	[S_OpenLineageRunEventSummary] = MEMBERS(STRUCTURE, OpenLineageRunEventSummary, 0, 0),
	[S_OutputLocation] = MEMBERS(UNION, OutputLocation, 0, 0),
	[S_OverrideDomainUnitOwnersPolicyGrantDetail] = MEMBERS(STRUCTURE, OverrideDomainUnitOwnersPolicyGrantDetail, 0, 0),
	[S_OverrideProjectOwnersPolicyGrantDetail] = MEMBERS(STRUCTURE, OverrideProjectOwnersPolicyGrantDetail, 0, 0),
	[S_OwnerGroupProperties] = MEMBERS(STRUCTURE, OwnerGroupProperties, 1, 0),
	[S_OwnerGroupPropertiesOutput] = MEMBERS(STRUCTURE, OwnerGroupPropertiesOutput, 0, 0),
	[S_OwnerProperties] = MEMBERS(UNION, OwnerProperties, 0, 0),
	[S_OwnerPropertiesOutput] = MEMBERS(UNION, OwnerPropertiesOutput, 0, 0),
	[S_OwnerUserProperties] = MEMBERS(STRUCTURE, OwnerUserProperties, 1, 0),
	[S_OwnerUserPropertiesOutput] = MEMBERS(STRUCTURE, OwnerUserPropertiesOutput, 0, 0),
	[S_PackageConfig] = MEMBERS(STRUCTURE, PackageConfig, 1, 0),
	[S_Parameters] = MAP(STRING, STRING, 0, 0, BY_PLACE),
	[S_Permissions] = MEMBERS(UNION, Permissions, 0, 0),
	[S_PhysicalConnectionRequirements] = MEMBERS(STRUCTURE, PhysicalConnectionRequirements, 0, 0),
	[S_PhysicalEndpoint] = MEMBERS(STRUCTURE, PhysicalEndpoint, 0, 0),
	[S_PhysicalEndpoints] = LIST(PhysicalEndpoint, 0, 0, BY_PLACE),
	[S_PolicyGrantDetail] = MEMBERS(UNION, PolicyGrantDetail, 0, 0),
	[S_PolicyGrantList] = LIST(PolicyGrantMember, 0, 0, BY_PLACE),
	[S_PolicyGrantMember] = MEMBERS(STRUCTURE, PolicyGrantMember, 0, 0),
	[S_PolicyGrantPrincipal] = MEMBERS(UNION, PolicyGrantPrincipal, 0, 0),
	[S_PostLineageEventInput] = MEMBERS(STRUCTURE, PostLineageEventInput, 2, DZ_SHAPE_RENAMED),
	[S_PostLineageEventOutput] = MEMBERS(STRUCTURE, PostLineageEventOutput, 0, 0),
	[S_PostTimeSeriesDataPointsInput] = MEMBERS(STRUCTURE, PostTimeSeriesDataPointsInput, 4, 0),
	[S_PostTimeSeriesDataPointsOutput] = MEMBERS(STRUCTURE, PostTimeSeriesDataPointsOutput, 0, 0),
	[S_PredictionChoices] = LIST(INTEGER, 0, 0, BY_PLACE),
	[S_PredictionConfiguration] = MEMBERS(STRUCTURE, PredictionConfiguration, 0, 0),
	[S_ProjectDeletionError] = MEMBERS(STRUCTURE, ProjectDeletionError, 0, 0),
	[S_ProjectGrantFilter] = MEMBERS(UNION, ProjectGrantFilter, 0, 0),
	[S_ProjectIds] = LIST(STRING, 0, 0, BY_PLACE),
	[S_ProjectMember] = MEMBERS(STRUCTURE, ProjectMember, 2, 0),
	[S_ProjectMembers] = LIST(ProjectMember, 0, 0, BY_PLACE),
	[S_ProjectMembershipAssignment] = MEMBERS(STRUCTURE, ProjectMembershipAssignment, 2, 0),
	[S_ProjectMembershipAssignments] = LIST(ProjectMembershipAssignment, 0, 0, BY_PLACE),
	[S_ProjectPolicyGrantPrincipal] = MEMBERS(STRUCTURE, ProjectPolicyGrantPrincipal, 1, 0),
	[S_ProjectProfileList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_ProjectProfileSummaries] = LIST(ProjectProfileSummary, 0, 0, BY_PLACE),
	[S_ProjectProfileSummary] = MEMBERS(STRUCTURE, ProjectProfileSummary, 4, 0),
	[S_ProjectResourceTagParameters] = LIST(ResourceTagParameter, 0, 0, BY_PLACE),
	[S_ProjectSummaries] = LIST(ProjectSummary, 0, 0, BY_PLACE),
	[S_ProjectSummary] = MEMBERS(STRUCTURE, ProjectSummary, 4, 0),
	[S_ProjectsForRule] = MEMBERS(STRUCTURE, ProjectsForRule, 1, 0),
	[S_PropertyMap] = MAP(STRING_MIN_1, STRING_MIN_1, 0, 0, BY_PLACE),
	[S_ProvisioningConfiguration] = MEMBERS(UNION, ProvisioningConfiguration, 0, 0),
	[S_ProvisioningConfigurationList] = LIST(ProvisioningConfiguration, 0, 0, BY_PLACE),
	[S_ProvisioningProperties] = MEMBERS(UNION, ProvisioningProperties, 0, 0),
	[S_PutDataExportConfigurationInput] = MEMBERS(STRUCTURE, PutDataExportConfigurationInput, 2, 0),
	[S_PutDataExportConfigurationOutput] = EMPTY(STRUCTURE),
	[S_PutEnvironmentBlueprintConfigurationInput] = MEMBERS(STRUCTURE, PutEnvironmentBlueprintConfigurationInput, 3, 0),
	[S_PutEnvironmentBlueprintConfigurationOutput] = MEMBERS(STRUCTURE, PutEnvironmentBlueprintConfigurationOutput, 2, 0),
	[S_PutResourceConfiguration] = MEMBERS(STRUCTURE, PutResourceConfiguration, 3, 0),
	[S_PutResourceConfigurations] = LIST(PutResourceConfiguration, 0, 0, BY_PLACE),
	[S_QueryGraphInput] = MEMBERS(STRUCTURE, QueryGraphInput, 2, 0),
	[S_QueryGraphOutput] = MEMBERS(STRUCTURE, QueryGraphOutput, 0, 0),
	[S_RecommendationConfiguration] = MEMBERS(STRUCTURE, RecommendationConfiguration, 0, 0),
	[S_RedshiftClusterStorage] = MEMBERS(STRUCTURE, RedshiftClusterStorage, 1, 0),
	[S_RedshiftCredentialConfiguration] = MEMBERS(STRUCTURE, RedshiftCredentialConfiguration, 1, 0),
	[S_RedshiftCredentials] = MEMBERS(UNION, RedshiftCredentials, 0, 0),
	[S_RedshiftLineageSyncConfigurationInput] = MEMBERS(STRUCTURE, RedshiftLineageSyncConfigurationInput, 0, 0),
	[S_RedshiftLineageSyncConfigurationOutput] = MEMBERS(STRUCTURE, RedshiftLineageSyncConfigurationOutput, 0, 0),
	[S_RedshiftPropertiesInput] = MEMBERS(STRUCTURE, RedshiftPropertiesInput, 0, 0),
	[S_RedshiftPropertiesOutput] = MEMBERS(STRUCTURE, RedshiftPropertiesOutput, 0, 0),
	[S_RedshiftPropertiesPatch] = MEMBERS(STRUCTURE, RedshiftPropertiesPatch, 0, 0),
	[S_RedshiftRunConfigurationInput] = MEMBERS(STRUCTURE, RedshiftRunConfigurationInput, 1, 0),
	[S_RedshiftRunConfigurationOutput] = MEMBERS(STRUCTURE, RedshiftRunConfigurationOutput, 2, 0),
	[S_RedshiftSelfGrantStatusOutput] = MEMBERS(STRUCTURE, RedshiftSelfGrantStatusOutput, 1, 0),
	[S_RedshiftServerlessStorage] = MEMBERS(STRUCTURE, RedshiftServerlessStorage, 1, 0),
	[S_RedshiftStorage] = MEMBERS(UNION, RedshiftStorage, 0, 0),
	[S_RedshiftStorageProperties] = MEMBERS(UNION, RedshiftStorageProperties, 0, 0),
	[S_Region] = MEMBERS(UNION, Region, 0, 0),
	[S_RegionalParameter] = MAP(STRING, STRING, 0, 0, BY_PLACE),
	[S_RegionalParameterMap] = MAP(STRING_MIN_4, RegionalParameter, 0, 0, BY_PLACE),
	[S_RejectChoice] = MEMBERS(STRUCTURE, RejectChoice, 1, 0),
	[S_RejectChoices] = LIST(RejectChoice, 0, 0, BY_PLACE),
	[S_RejectPredictionsInput] = MEMBERS(STRUCTURE, RejectPredictionsInput, 2, 0),
	[S_RejectPredictionsOutput] = MEMBERS(STRUCTURE, RejectPredictionsOutput, 3, 0),
	[S_RejectRule] = MEMBERS(STRUCTURE, RejectRule, 0, 0),
	[S_RejectSubscriptionRequestInput] = MEMBERS(STRUCTURE, RejectSubscriptionRequestInput, 2, 0),
	[S_RejectSubscriptionRequestOutput] = MEMBERS(STRUCTURE, RejectSubscriptionRequestOutput, 9, 0),
	[S_RejectSubscriptionRequestOutputSubscribedListingsList] = LIST(SubscribedListing, 0, 1, BY_PLACE),
	[S_RejectSubscriptionRequestOutputSubscribedPrincipalsList] = LIST(SubscribedPrincipal, 0, 1, BY_PLACE),
	[S_RelationPattern] = MEMBERS(STRUCTURE, RelationPattern, 2, 0),
	[S_RelationalFilterConfiguration] = MEMBERS(STRUCTURE, RelationalFilterConfiguration, 1, 0),
	[S_RelationalFilterConfigurations] = LIST(RelationalFilterConfiguration, 0, 0, BY_PLACE),
	[S_RemoveEntityOwnerInput] = MEMBERS(STRUCTURE, RemoveEntityOwnerInput, 4, 0),
	[S_RemoveEntityOwnerOutput] = EMPTY(STRUCTURE),
	[S_RemovePolicyGrantInput] = MEMBERS(STRUCTURE, RemovePolicyGrantInput, 5, 0),
	[S_RemovePolicyGrantOutput] = EMPTY(STRUCTURE),
	[S_RequiredMetadataFormList] = LIST(MetadataFormReference, 0, 1, BY_PLACE),
	[S_Resource] = MEMBERS(STRUCTURE, Resource, 2, 0),
	[S_ResourceConfiguration] = MEMBERS(STRUCTURE, ResourceConfiguration, 4, 0),
	[S_ResourceConfigurationParameterMap] = MAP(STRING, STRING, 0, 0, BY_PLACE),
	[S_ResourceConfigurations] = LIST(ResourceConfiguration, 0, 0, BY_PLACE),
	[S_ResourceList] = LIST(Resource, 0, 0, BY_PLACE),
	[S_ResourceTag] = MEMBERS(STRUCTURE, ResourceTag, 3, 0),
	[S_ResourceTagParameter] = MEMBERS(STRUCTURE, ResourceTagParameter, 3, 0),
	[S_ResourceTags] = LIST(ResourceTag, 0, 0, BY_PLACE),
	[S_ResultItem] = MEMBERS(UNION, ResultItem, 0, 0),
	[S_ResultItemList] = LIST(ResultItem, 0, 0, BY_PLACE),
	[S_RevokeSubscriptionInput] = MEMBERS(STRUCTURE, RevokeSubscriptionInput, 2, 0),
	[S_RevokeSubscriptionOutput] = MEMBERS(STRUCTURE, RevokeSubscriptionOutput, 8, 0),
	[S_RowFilter] = MEMBERS(UNION, RowFilter, 0, 0),
	[S_RowFilterConfiguration] = MEMBERS(STRUCTURE, RowFilterConfiguration, 1, 0),
	[S_RowFilterExpression] = MEMBERS(UNION, RowFilterExpression, 0, 0),
	[S_RowFilterList] = LIST(RowFilter, 0, 0, BY_PLACE),
	[S_RuleAssetTypeList] = LIST(STRING_MIN_1, 0, 1, BY_PLACE),
	[S_RuleDetail] = MEMBERS(UNION, RuleDetail, 0, 0),
	[S_RuleProjectIdentifierList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_RuleScope] = MEMBERS(STRUCTURE, RuleScope, 0, 0),
	[S_RuleSummaries] = LIST(RuleSummary, 0, 0, BY_PLACE),
	[S_RuleSummary] = MEMBERS(STRUCTURE, RuleSummary, 0, 0),
	[S_RuleTarget] = MEMBERS(UNION, RuleTarget, 0, 0),
	[S_RunStatisticsForAssets] = MEMBERS(STRUCTURE, RunStatisticsForAssets, 0, 0),
	[S_S3Destination] = MEMBERS(STRUCTURE, S3Destination, 0, 0),
	[S_S3File] = MEMBERS(STRUCTURE, S3File, 1, 0),
	[S_S3FileList] = LIST(S3File, 0, 1, BY_PLACE),
	[S_S3FilesLocation] = MEMBERS(STRUCTURE, S3FilesLocation, 2, 0),
	[S_S3LocationList] = LIST(STRING_MIN_1, 0, 0, BY_PLACE),
	[S_S3Permissions] = LIST(STRING, 0, 0, BY_PLACE),
	[S_S3PropertiesInput] = MEMBERS(STRUCTURE, S3PropertiesInput, 1, 0),
	[S_S3PropertiesOutput] = MEMBERS(STRUCTURE, S3PropertiesOutput, 1, 0),
	[S_S3PropertiesPatch] = MEMBERS(STRUCTURE, S3PropertiesPatch, 1, 0),
	[S_SageMakerRunConfigurationInput] = MEMBERS(STRUCTURE, SageMakerRunConfigurationInput, 1, 0),
	[S_SageMakerRunConfigurationOutput] = MEMBERS(STRUCTURE, SageMakerRunConfigurationOutput, 1, 0),
	[S_ScheduleConfiguration] = MEMBERS(STRUCTURE, ScheduleConfiguration, 0, 0),
	[S_SearchGroupProfilesInput] = MEMBERS(STRUCTURE, SearchGroupProfilesInput, 2, 0),
	[S_SearchGroupProfilesOutput] = MEMBERS(STRUCTURE, SearchGroupProfilesOutput, 0, 0),
	[S_SearchInItem] = MEMBERS(STRUCTURE, SearchInItem, 1, 0),
	[S_SearchInList] = LIST(SearchInItem, 0, 1, BY_PLACE),
	[S_SearchInput] = MEMBERS(STRUCTURE, SearchInput, 2, 0),
	[S_SearchInventoryResultItem] = MEMBERS(UNION, SearchInventoryResultItem, 0, 0),
	[S_SearchInventoryResultItems] = LIST(SearchInventoryResultItem, 0, 0, BY_PLACE),
	[S_SearchListingsInput] = MEMBERS(STRUCTURE, SearchListingsInput, 1, 0),
	[S_SearchListingsOutput] = MEMBERS(STRUCTURE, SearchListingsOutput, 0, 0),
	[S_SearchOutput] = MEMBERS(STRUCTURE, SearchOutput, 0, 0),
	[S_SearchOutputAdditionalAttributes] = LIST(STRING, 0, 0, BY_PLACE),
	[S_SearchResultItem] = MEMBERS(UNION, SearchResultItem, 0, 0),
	[S_SearchResultItems] = LIST(SearchResultItem, 0, 0, BY_PLACE),
	[S_SearchSort] = MEMBERS(STRUCTURE, SearchSort, 1, 0),
	[S_SearchTypesInput] = MEMBERS(STRUCTURE, SearchTypesInput, 3, 0),
	[S_SearchTypesOutput] = MEMBERS(STRUCTURE, SearchTypesOutput, 0, 0),
	[S_SearchTypesResultItem] = MEMBERS(UNION, SearchTypesResultItem, 0, 0),
	[S_SearchTypesResultItems] = LIST(SearchTypesResultItem, 0, 0, BY_PLACE),
	[S_SearchUserProfilesInput] = MEMBERS(STRUCTURE, SearchUserProfilesInput, 2, 0),
	[S_SearchUserProfilesOutput] = MEMBERS(STRUCTURE, SearchUserProfilesOutput, 0, 0),
	[S_SecurityGroupIdList] = LIST(STRING_MIN_1, 0, 0, BY_PLACE),
	[S_SecurityGroupIds] = LIST(STRING, 0, 0, BY_PLACE),
	[S_SelfGrantStatusDetail] = MEMBERS(STRUCTURE, SelfGrantStatusDetail, 2, 0),
	[S_SelfGrantStatusDetails] = LIST(SelfGrantStatusDetail, 0, 0, BY_PLACE),
	[S_SelfGrantStatusOutput] = MEMBERS(UNION, SelfGrantStatusOutput, 0, 0),
	[S_SingleSignOn] = MEMBERS(STRUCTURE, SingleSignOn, 0, 0),
	[S_SnowflakePropertiesInput] = MEMBERS(STRUCTURE, SnowflakePropertiesInput, 2, 0),
	[S_SnowflakePropertiesOutput] = MEMBERS(STRUCTURE, SnowflakePropertiesOutput, 4, 0),
	[S_SnowflakePropertiesPatch] = MEMBERS(STRUCTURE, SnowflakePropertiesPatch, 0, 0),
	[S_SourceLocation] = MEMBERS(UNION, SourceLocation, 0, 0),
	[S_SparkEmrPropertiesInput] = MEMBERS(STRUCTURE, SparkEmrPropertiesInput, 0, 0),
	[S_SparkEmrPropertiesOutput] = MEMBERS(STRUCTURE, SparkEmrPropertiesOutput, 0, 0),
	[S_SparkEmrPropertiesPatch] = MEMBERS(STRUCTURE, SparkEmrPropertiesPatch, 0, 0),
	[S_SparkGlueArgs] = MEMBERS(STRUCTURE, SparkGlueArgs, 0, 0),
	[S_SparkGluePropertiesInput] = MEMBERS(STRUCTURE, SparkGluePropertiesInput, 0, 0),
	[S_SparkGluePropertiesOutput] = MEMBERS(STRUCTURE, SparkGluePropertiesOutput, 0, 0),
	[S_SsoUserProfileDetails] = MEMBERS(STRUCTURE, SsoUserProfileDetails, 0, 0),
	[S_StartDataSourceRunInput] = MEMBERS(STRUCTURE, StartDataSourceRunInput, 2, 0),
	[S_StartDataSourceRunOutput] = MEMBERS(STRUCTURE, StartDataSourceRunOutput, 8, 0),
	[S_StartMetadataGenerationRunInput] = MEMBERS(STRUCTURE, StartMetadataGenerationRunInput, 3, 0),
	[S_StartMetadataGenerationRunOutput] = MEMBERS(STRUCTURE, StartMetadataGenerationRunOutput, 2, 0),
	[S_StartNotebookExportInput] = MEMBERS(STRUCTURE, StartNotebookExportInput, 4, 0),
	[S_StartNotebookExportOutput] = MEMBERS(STRUCTURE, StartNotebookExportOutput, 6, 0),
	[S_StartNotebookImportInput] = MEMBERS(STRUCTURE, StartNotebookImportInput, 4, 0),
	[S_StartNotebookImportOutput] = MEMBERS(STRUCTURE, StartNotebookImportOutput, 0, 0),
	[S_StartNotebookRunInput] = MEMBERS(STRUCTURE, StartNotebookRunInput, 3, 0),
	[S_StartNotebookRunOutput] = MEMBERS(STRUCTURE, StartNotebookRunOutput, 5, 0),
	[S_StartNotebookSyncInput] = MEMBERS(STRUCTURE, StartNotebookSyncInput, 3, 0),
	[S_StartNotebookSyncOutput] = MEMBERS(STRUCTURE, StartNotebookSyncOutput, 0, 0),
	[S_StopNotebookRunInput] = MEMBERS(STRUCTURE, StopNotebookRunInput, 2, 0),
	[S_StopNotebookRunOutput] = MEMBERS(STRUCTURE, StopNotebookRunOutput, 4, 0),
	[S_StorageConfig] = MEMBERS(STRUCTURE, StorageConfig, 0, 0),
	[S_StringList] = LIST(STRING, 0, 0, BY_PLACE),
	[S_SubnetIdList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_SubnetIds] = LIST(STRING, 0, 0, BY_PLACE),
	[S_SubscribedAsset] = MEMBERS(STRUCTURE, SubscribedAsset, 3, 0),
	[S_SubscribedAssetListing] = MEMBERS(STRUCTURE, SubscribedAssetListing, 0, 0),
	[S_SubscribedAssets] = LIST(SubscribedAsset, 0, 0, BY_PLACE),
	[S_SubscribedGroup] = MEMBERS(STRUCTURE, SubscribedGroup, 0, 0),
	[S_SubscribedGroupInput] = MEMBERS(STRUCTURE, SubscribedGroupInput, 0, 0),
	[S_SubscribedIamPrincipal] = MEMBERS(STRUCTURE, SubscribedIamPrincipal, 0, 0),
	[S_SubscribedIamPrincipalInput] = MEMBERS(STRUCTURE, SubscribedIamPrincipalInput, 0, 0),
	[S_SubscribedListing] = MEMBERS(STRUCTURE, SubscribedListing, 5, 0),
	[S_SubscribedListingInput] = MEMBERS(STRUCTURE, SubscribedListingInput, 1, 0),
	[S_SubscribedListingInputs] = LIST(SubscribedListingInput, 0, 1, BY_PLACE),
	[S_SubscribedListingItem] = MEMBERS(UNION, SubscribedListingItem, 0, 0),
	[S_SubscribedPrincipal] = MEMBERS(UNION, SubscribedPrincipal, 0, 0),
	[S_SubscribedPrincipalInput] = MEMBERS(UNION, SubscribedPrincipalInput, 0, 0),
	[S_SubscribedPrincipalInputs] = LIST(SubscribedPrincipalInput, 0, 1, BY_PLACE),
	[S_SubscribedProductListing] = MEMBERS(STRUCTURE, SubscribedProductListing, 0, 0),
	[S_SubscribedProject] = MEMBERS(STRUCTURE, SubscribedProject, 0, 0),
	[S_SubscribedProjectInput] = MEMBERS(STRUCTURE, SubscribedProjectInput, 0, 0),
	[S_SubscribedUser] = MEMBERS(STRUCTURE, SubscribedUser, 0, 0),
	[S_SubscribedUserInput] = MEMBERS(STRUCTURE, SubscribedUserInput, 0, 0),
	[S_SubscriptionGrantSummary] = MEMBERS(STRUCTURE, SubscriptionGrantSummary, 8, 0),
	[S_SubscriptionGrants] = LIST(SubscriptionGrantSummary, 0, 0, BY_PLACE),
	[S_SubscriptionRequestSummary] = MEMBERS(STRUCTURE, SubscriptionRequestSummary, 9, 0),
	[S_SubscriptionRequestSummarySubscribedListingsList] = LIST(SubscribedListing, 0, 1, BY_PLACE),
	[S_SubscriptionRequestSummarySubscribedPrincipalsList] = LIST(SubscribedPrincipal, 0, 1, BY_PLACE),
	[S_SubscriptionRequests] = LIST(SubscriptionRequestSummary, 0, 0, BY_PLACE),
	[S_SubscriptionSummary] = MEMBERS(STRUCTURE, SubscriptionSummary, 8, 0),
	[S_SubscriptionTargetForm] = MEMBERS(STRUCTURE, SubscriptionTargetForm, 2, 0),
	[S_SubscriptionTargetForms] = LIST(SubscriptionTargetForm, 0, 0, BY_PLACE),
	[S_SubscriptionTargetSummary] = MEMBERS(STRUCTURE, SubscriptionTargetSummary, 12, 0),
	[S_SubscriptionTargets] = LIST(SubscriptionTargetSummary, 0, 0, BY_PLACE),
	[S_Subscriptions] = LIST(SubscriptionSummary, 0, 0, BY_PLACE),
	[S_TagKeyList] = LIST(STRING_MIN_1, 0, 0, BY_PLACE),
	[S_TagResourceRequest] = MEMBERS(STRUCTURE, TagResourceRequest, 2, 0),
	[S_TagResourceResponse] = EMPTY(STRUCTURE),
	[S_Tags] = MAP(STRING_MIN_1, STRING, 0, 0, BY_PLACE),
	[S_TermRelations] = MEMBERS(STRUCTURE, TermRelations, 0, 0),
	[S_TermRelationsClassifiesList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_TermRelationsIsAList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_TextMatchItem] = MEMBERS(STRUCTURE, TextMatchItem, 0, 0),
	[S_TextMatches] = LIST(TextMatchItem, 0, 0, BY_PLACE),
	[S_TimeSeriesDataPointFormInput] = MEMBERS(STRUCTURE, TimeSeriesDataPointFormInput, 3, 0),
	[S_TimeSeriesDataPointFormInputList] = LIST(TimeSeriesDataPointFormInput, 0, 0, BY_PLACE),
	[S_TimeSeriesDataPointFormOutput] = MEMBERS(STRUCTURE, TimeSeriesDataPointFormOutput, 3, 0),
	[S_TimeSeriesDataPointFormOutputList] = LIST(TimeSeriesDataPointFormOutput, 0, 0, BY_PLACE),
	[S_TimeSeriesDataPointSummaryFormOutput] = MEMBERS(STRUCTURE, TimeSeriesDataPointSummaryFormOutput, 3, 0),
	[S_TimeSeriesDataPointSummaryFormOutputList] = LIST(TimeSeriesDataPointSummaryFormOutput, 0, 0, BY_PLACE),
	[S_TimeoutConfig] = MEMBERS(STRUCTURE, TimeoutConfig, 0, 0),
	[S_TokenUrlParametersMap] = MAP(STRING_MIN_1, STRING_MIN_1, 0, 0, BY_PLACE),
	[S_Topic] = MEMBERS(STRUCTURE, Topic, 3, 0),
	[S_TrackingAssetArns] = LIST(STRING, 0, 0, BY_PLACE),
	[S_TrackingAssets] = MAP(STRING_MIN_1, TrackingAssetArns, 0, 1, BY_PLACE),
	[S_TriggerSource] = MEMBERS(STRUCTURE, TriggerSource, 0, 0),
	[S_Unit] = EMPTY(STRUCTURE),
	[S_UntagResourceRequest] = MEMBERS(STRUCTURE, UntagResourceRequest, 2, 0),
	[S_UntagResourceResponse] = EMPTY(STRUCTURE),
	[S_UpdateAccountPoolInput] = MEMBERS(STRUCTURE, UpdateAccountPoolInput, 2, 0),
	[S_UpdateAccountPoolOutput] = MEMBERS(STRUCTURE, UpdateAccountPoolOutput, 2, 0),
	[S_UpdateAssetFilterInput] = MEMBERS(STRUCTURE, UpdateAssetFilterInput, 3, 0),
	[S_UpdateAssetFilterOutput] = MEMBERS(STRUCTURE, UpdateAssetFilterOutput, 5, 0),
	[S_UpdateConnectionInput] = MEMBERS(STRUCTURE, UpdateConnectionInput, 2, 0),
	[S_UpdateConnectionOutput] = MEMBERS(STRUCTURE, UpdateConnectionOutput, 6, 0),
	[S_UpdateDataSourceInput] = MEMBERS(STRUCTURE, UpdateDataSourceInput, 2, 0),
	[S_UpdateDataSourceOutput] = MEMBERS(STRUCTURE, UpdateDataSourceOutput, 4, 0),
	[S_UpdateDesignationInput] = MEMBERS(STRUCTURE, UpdateDesignationInput, 2, 0),
	[S_UpdateDesignationOutput] = MEMBERS(STRUCTURE, UpdateDesignationOutput, 7, 0),
	[S_UpdateDomainInput] = MEMBERS(STRUCTURE, UpdateDomainInput, 1, 0),
	[S_UpdateDomainOutput] = MEMBERS(STRUCTURE, UpdateDomainOutput, 1, 0),
	[S_UpdateDomainUnitInput] = MEMBERS(STRUCTURE, UpdateDomainUnitInput, 2, 0),
	[S_UpdateDomainUnitOutput] = MEMBERS(STRUCTURE, UpdateDomainUnitOutput, 4, 0),
	[S_UpdateEnvironmentActionInput] = MEMBERS(STRUCTURE, UpdateEnvironmentActionInput, 3, 0),
	[S_UpdateEnvironmentActionOutput] = MEMBERS(STRUCTURE, UpdateEnvironmentActionOutput, 5, 0),
	[S_UpdateEnvironmentBlueprintInput] = MEMBERS(STRUCTURE, UpdateEnvironmentBlueprintInput, 2, 0),
	[S_UpdateEnvironmentBlueprintOutput] = MEMBERS(STRUCTURE, UpdateEnvironmentBlueprintOutput, 4, 0),
	[S_UpdateEnvironmentInput] = MEMBERS(STRUCTURE, UpdateEnvironmentInput, 2, 0),
	[S_UpdateEnvironmentOutput] = MEMBERS(STRUCTURE, UpdateEnvironmentOutput, 5, 0),
	[S_UpdateEnvironmentProfileInput] = MEMBERS(STRUCTURE, UpdateEnvironmentProfileInput, 2, 0),
	[S_UpdateEnvironmentProfileOutput] = MEMBERS(STRUCTURE, UpdateEnvironmentProfileOutput, 5, 0),
	[S_UpdateGlossaryInput] = MEMBERS(STRUCTURE, UpdateGlossaryInput, 2, 0),
	[S_UpdateGlossaryOutput] = MEMBERS(STRUCTURE, UpdateGlossaryOutput, 4, 0),
	[S_UpdateGlossaryTermInput] = MEMBERS(STRUCTURE, UpdateGlossaryTermInput, 2, 0),
	[S_UpdateGlossaryTermOutput] = MEMBERS(STRUCTURE, UpdateGlossaryTermOutput, 5, 0),
	[S_UpdateGroupProfileInput] = MEMBERS(STRUCTURE, UpdateGroupProfileInput, 3, 0),
	[S_UpdateGroupProfileOutput] = MEMBERS(STRUCTURE, UpdateGroupProfileOutput, 0, 0),
	[S_UpdateNotebookInput] = MEMBERS(STRUCTURE, UpdateNotebookInput, 2, 0),
	[S_UpdateNotebookOutput] = MEMBERS(STRUCTURE, UpdateNotebookOutput, 6, 0),
	[S_UpdateProjectInput] = MEMBERS(STRUCTURE, UpdateProjectInput, 2, 0),
	[S_UpdateProjectInputResourceTagsMap] = MAP(STRING_MIN_1, STRING, 0, 0, BY_PLACE),
	[S_UpdateProjectOutput] = MEMBERS(STRUCTURE, UpdateProjectOutput, 4, 0),
	[S_UpdateProjectProfileInput] = MEMBERS(STRUCTURE, UpdateProjectProfileInput, 2, 0),
	[S_UpdateProjectProfileOutput] = MEMBERS(STRUCTURE, UpdateProjectProfileOutput, 4, 0),
	[S_UpdateRootDomainUnitOwnerInput] = MEMBERS(STRUCTURE, UpdateRootDomainUnitOwnerInput, 3, 0),
	[S_UpdateRootDomainUnitOwnerOutput] = EMPTY(STRUCTURE),
	[S_UpdateRuleInput] = MEMBERS(STRUCTURE, UpdateRuleInput, 2, 0),
	[S_UpdateRuleOutput] = MEMBERS(STRUCTURE, UpdateRuleOutput, 12, 0),
	[S_UpdateSubscriptionGrantStatusInput] = MEMBERS(STRUCTURE, UpdateSubscriptionGrantStatusInput, 4, 0),
	[S_UpdateSubscriptionGrantStatusOutput] = MEMBERS(STRUCTURE, UpdateSubscriptionGrantStatusOutput, 8, 0),
	[S_UpdateSubscriptionRequestInput] = MEMBERS(STRUCTURE, UpdateSubscriptionRequestInput, 3, 0),
	[S_UpdateSubscriptionRequestOutput] = MEMBERS(STRUCTURE, UpdateSubscriptionRequestOutput, 9, 0),
	[S_UpdateSubscriptionRequestOutputSubscribedListingsList] = LIST(SubscribedListing, 0, 1, BY_PLACE),
	[S_UpdateSubscriptionRequestOutputSubscribedPrincipalsList] = LIST(SubscribedPrincipal, 0, 1, BY_PLACE),
	[S_UpdateSubscriptionTargetInput] = MEMBERS(STRUCTURE, UpdateSubscriptionTargetInput, 3, 0),
	[S_UpdateSubscriptionTargetOutput] = MEMBERS(STRUCTURE, UpdateSubscriptionTargetOutput, 12, 0),
	[S_UpdateUserProfileInput] = MEMBERS(STRUCTURE, UpdateUserProfileInput, 3, 0),
	[S_UpdateUserProfileOutput] = MEMBERS(STRUCTURE, UpdateUserProfileOutput, 0, 0),
	[S_UseAssetTypePolicyGrantDetail] = MEMBERS(STRUCTURE, UseAssetTypePolicyGrantDetail, 0, 0),
	[S_UserDetails] = MEMBERS(STRUCTURE, UserDetails, 1, 0),
	[S_UserPolicyGrantPrincipal] = MEMBERS(UNION, UserPolicyGrantPrincipal, 0, 0),
	[S_UserProfileDetails] = MEMBERS(UNION, UserProfileDetails, 0, 0),
	[S_UserProfileSummaries] = LIST(UserProfileSummary, 0, 0, BY_PLACE),
	[S_UserProfileSummary] = MEMBERS(STRUCTURE, UserProfileSummary, 0, 0),
	[S_UsernamePassword] = MEMBERS(STRUCTURE, UsernamePassword, 2, 0),
	[S_VpcConnectionSubnetIdList] = LIST(STRING, 0, 1, BY_PLACE),
	[S_VpcPropertiesInput] = MEMBERS(STRUCTURE, VpcPropertiesInput, 2, 0),
	[S_VpcPropertiesOutput] = MEMBERS(STRUCTURE, VpcPropertiesOutput, 3, 0),
	[S_VpcPropertiesPatch] = MEMBERS(STRUCTURE, VpcPropertiesPatch, 0, 0),
	[S_WorkflowsMwaaPropertiesInput] = MEMBERS(STRUCTURE, WorkflowsMwaaPropertiesInput, 0, 0),
	[S_WorkflowsMwaaPropertiesOutput] = MEMBERS(STRUCTURE, WorkflowsMwaaPropertiesOutput, 0, 0),
	[S_WorkflowsServerlessPropertiesInput] = EMPTY(STRUCTURE),
	[S_WorkflowsServerlessPropertiesOutput] = EMPTY(STRUCTURE),
};

static const struct parts
{
	DzPathPart	AcceptPredictions[3];
	DzPathPart	AcceptSubscriptionRequest[3];
	DzPathPart	AddEntityOwner[4];
	DzPathPart	AddPolicyGrant[4];
	DzPathPart	AssociateEnvironmentRole[3];
	DzPathPart	AssociateGovernedTerms[4];
	DzPathPart	BatchGetAttributesMetadata[4];
	DzPathPart	BatchPutAttributesMetadata[4];
	DzPathPart	CancelMetadataGenerationRun[3];
	DzPathPart	CancelSubscription[3];
	DzPathPart	CreateAccountPool[2];
	DzPathPart	CreateAsset[2];
	DzPathPart	CreateAssetFilter[3];
	DzPathPart	CreateAssetRevision[3];
	DzPathPart	CreateAssetType[2];
	DzPathPart	CreateConnection[2];
	DzPathPart	CreateDataProduct[2];
	DzPathPart	CreateDataProductRevision[3];
	DzPathPart	CreateDataSource[2];
	DzPathPart	CreateDesignation[2];
	DzPathPart	CreateDomain[1];
	DzPathPart	CreateDomainUnit[2];
	DzPathPart	CreateEnvironment[2];
	DzPathPart	CreateEnvironmentAction[3];
	DzPathPart	CreateEnvironmentBlueprint[2];
	DzPathPart	CreateEnvironmentProfile[2];
	DzPathPart	CreateFormType[2];
	DzPathPart	CreateGlossary[2];
	DzPathPart	CreateGlossaryTerm[2];
	DzPathPart	CreateGroupProfile[2];
	DzPathPart	CreateListingChangeSet[2];
	DzPathPart	CreateNotebook[2];
	DzPathPart	CreateProject[2];
	DzPathPart	CreateProjectMembership[3];
	DzPathPart	CreateProjectProfile[2];
	DzPathPart	CreateRule[2];
	DzPathPart	CreateSubscriptionGrant[2];
	DzPathPart	CreateSubscriptionRequest[2];
	DzPathPart	CreateSubscriptionTarget[3];
	DzPathPart	CreateUserProfile[2];
	DzPathPart	DeleteAccountPool[2];
	DzPathPart	DeleteAsset[2];
	DzPathPart	DeleteAssetFilter[3];
	DzPathPart	DeleteAssetType[2];
	DzPathPart	DeleteConnection[2];
	DzPathPart	DeleteDataExportConfiguration[2];
	DzPathPart	DeleteDataProduct[2];
	DzPathPart	DeleteDataSource[2];
	DzPathPart	DeleteDesignation[2];
	DzPathPart	DeleteDomain[1];
	DzPathPart	DeleteDomainUnit[2];
	DzPathPart	DeleteEnvironment[2];
	DzPathPart	DeleteEnvironmentAction[3];
	DzPathPart	DeleteEnvironmentBlueprint[2];
	DzPathPart	DeleteEnvironmentBlueprintConfiguration[2];
	DzPathPart	DeleteEnvironmentProfile[2];
	DzPathPart	DeleteFormType[2];
	DzPathPart	DeleteGlossary[2];
	DzPathPart	DeleteGlossaryTerm[2];
	DzPathPart	DeleteLineageEvent[2];
	DzPathPart	DeleteListing[2];
	DzPathPart	DeleteNotebook[2];
	DzPathPart	DeleteProject[2];
	DzPathPart	DeleteProjectMembership[3];
	DzPathPart	DeleteProjectProfile[2];
	DzPathPart	DeleteRule[2];
	DzPathPart	DeleteSubscriptionGrant[2];
	DzPathPart	DeleteSubscriptionRequest[2];
	DzPathPart	DeleteSubscriptionTarget[3];
	DzPathPart	DeleteTimeSeriesDataPoints[4];
	DzPathPart	DisassociateEnvironmentRole[3];
	DzPathPart	DisassociateGovernedTerms[4];
	DzPathPart	GetAccountPool[2];
	DzPathPart	GetAsset[2];
	DzPathPart	GetAssetFilter[3];
	DzPathPart	GetAssetType[2];
	DzPathPart	GetConnection[2];
	DzPathPart	GetDataExportConfiguration[2];
	DzPathPart	GetDataProduct[2];
	DzPathPart	GetDataSource[2];
	DzPathPart	GetDataSourceRun[2];
	DzPathPart	GetDesignation[2];
	DzPathPart	GetDomain[1];
	DzPathPart	GetDomainUnit[2];
	DzPathPart	GetEnvironment[2];
	DzPathPart	GetEnvironmentAction[3];
	DzPathPart	GetEnvironmentBlueprint[2];
	DzPathPart	GetEnvironmentBlueprintConfiguration[2];
	DzPathPart	GetEnvironmentCredentials[3];
	DzPathPart	GetEnvironmentProfile[2];
	DzPathPart	GetFormType[2];
	DzPathPart	GetGlossary[2];
	DzPathPart	GetGlossaryTerm[2];
	DzPathPart	GetGroupProfile[2];
	DzPathPart	GetIamPortalLoginUrl[2];
	DzPathPart	GetJobRun[2];
	DzPathPart	GetLineageEvent[2];
	DzPathPart	GetLineageNode[2];
	DzPathPart	GetListing[2];
	DzPathPart	GetMetadataGenerationRun[2];
	DzPathPart	GetNotebook[2];
	DzPathPart	GetNotebookExport[2];
	DzPathPart	GetNotebookRun[2];
	DzPathPart	GetProject[2];
	DzPathPart	GetProjectProfile[2];
	DzPathPart	GetRule[2];
	DzPathPart	GetSubscription[2];
	DzPathPart	GetSubscriptionGrant[2];
	DzPathPart	GetSubscriptionRequestDetails[2];
	DzPathPart	GetSubscriptionTarget[3];
	DzPathPart	GetTimeSeriesDataPoint[4];
	DzPathPart	GetUserProfile[2];
	DzPathPart	ListAccountPools[2];
	DzPathPart	ListAccountsInAccountPool[3];
	DzPathPart	ListAssetFilters[3];
	DzPathPart	ListAssetRevisions[3];
	DzPathPart	ListConnections[2];
	DzPathPart	ListDataProductRevisions[3];
	DzPathPart	ListDataSourceRunActivities[3];
	DzPathPart	ListDataSourceRuns[3];
	DzPathPart	ListDataSources[2];
	DzPathPart	ListDesignations[2];
	DzPathPart	ListDomainUnitsForParent[2];
	DzPathPart	ListDomains[1];
	DzPathPart	ListEntityOwners[4];
	DzPathPart	ListEnvironmentActions[3];
	DzPathPart	ListEnvironmentBlueprintConfigurations[2];
	DzPathPart	ListEnvironmentBlueprints[2];
	DzPathPart	ListEnvironmentProfiles[2];
	DzPathPart	ListEnvironments[2];
	DzPathPart	ListJobRuns[3];
	DzPathPart	ListLineageEvents[2];
	DzPathPart	ListLineageNodeHistory[3];
	DzPathPart	ListMetadataGenerationRuns[2];
	DzPathPart	ListNotebookRuns[2];
	DzPathPart	ListNotebooks[2];
	DzPathPart	ListNotifications[2];
	DzPathPart	ListPolicyGrants[4];
	DzPathPart	ListProjectMemberships[3];
	DzPathPart	ListProjectProfiles[2];
	DzPathPart	ListProjects[2];
	DzPathPart	ListRules[3];
	DzPathPart	ListSubscriptionGrants[2];
	DzPathPart	ListSubscriptionRequests[2];
	DzPathPart	ListSubscriptionTargets[3];
	DzPathPart	ListSubscriptions[2];
	DzPathPart	ListTagsForResource[1];
	DzPathPart	ListTimeSeriesDataPoints[4];
	DzPathPart	PostLineageEvent[2];
	DzPathPart	PostTimeSeriesDataPoints[4];
	DzPathPart	PutDataExportConfiguration[2];
	DzPathPart	PutEnvironmentBlueprintConfiguration[2];
	DzPathPart	QueryGraph[2];
	DzPathPart	RejectPredictions[3];
	DzPathPart	RejectSubscriptionRequest[3];
	DzPathPart	RemoveEntityOwner[4];
	DzPathPart	RemovePolicyGrant[4];
	DzPathPart	RevokeSubscription[3];
	DzPathPart	Search[2];
	DzPathPart	SearchGroupProfiles[2];
	DzPathPart	SearchListings[2];
	DzPathPart	SearchTypes[2];
	DzPathPart	SearchUserProfiles[2];
	DzPathPart	StartDataSourceRun[3];
	DzPathPart	StartMetadataGenerationRun[2];
	DzPathPart	StartNotebookExport[2];
	DzPathPart	StartNotebookImport[2];
	DzPathPart	StartNotebookRun[2];
	DzPathPart	StartNotebookSync[2];
	DzPathPart	StopNotebookRun[3];
	DzPathPart	TagResource[1];
	DzPathPart	UntagResource[1];
	DzPathPart	UpdateAccountPool[2];
	DzPathPart	UpdateAssetFilter[3];
	DzPathPart	UpdateConnection[2];
	DzPathPart	UpdateDataSource[2];
	DzPathPart	UpdateDesignation[2];
	DzPathPart	UpdateDomain[1];
	DzPathPart	UpdateDomainUnit[2];
	DzPathPart	UpdateEnvironment[2];
	DzPathPart	UpdateEnvironmentAction[3];
	DzPathPart	UpdateEnvironmentBlueprint[2];
	DzPathPart	UpdateEnvironmentProfile[2];
	DzPathPart	UpdateGlossary[2];
	DzPathPart	UpdateGlossaryTerm[2];
	DzPathPart	UpdateGroupProfile[2];
	DzPathPart	UpdateNotebook[2];
	DzPathPart	UpdateProject[2];
	DzPathPart	UpdateProjectProfile[2];
	DzPathPart	UpdateRootDomainUnitOwner[2];
	DzPathPart	UpdateRule[2];
	DzPathPart	UpdateSubscriptionGrantStatus[3];
	DzPathPart	UpdateSubscriptionRequest[2];
	DzPathPart	UpdateSubscriptionTarget[3];
	DzPathPart	UpdateUserProfile[2];
}			parts = {
	.AcceptPredictions = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_assets_), 2, false}, /* identifier */
		{T(_accept_predictions), DZ_NO_LABEL, false},
	},
	.AcceptSubscriptionRequest = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_subscription_requests_), 0, false}, /* identifier */
		{T(_accept), DZ_NO_LABEL, false},
	},
	.AddEntityOwner = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_entities_), 1, false}, /* entityType */
		{T(_), 4, false}, /* entityIdentifier */
		{T(_addOwner), DZ_NO_LABEL, false},
	},
	.AddPolicyGrant = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_policies_managed_), 2, false}, /* entityType */
		{T(_), 6, false}, /* entityIdentifier */
		{T(_addGrant), DZ_NO_LABEL, false},
	},
	.AssociateEnvironmentRole = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_environments_), 2, false}, /* environmentIdentifier */
		{T(_roles_), 1, false}, /* environmentRoleArn */
	},
	.AssociateGovernedTerms = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_entities_), 0, false}, /* entityType */
		{T(_), 2, false}, /* entityIdentifier */
		{T(_associate_governed_terms), DZ_NO_LABEL, false},
	},
	.BatchGetAttributesMetadata = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_entities_), 0, false}, /* entityType */
		{T(_), 3, false}, /* entityIdentifier */
		{T(_attributes_metadata), DZ_NO_LABEL, false},
	},
	.BatchPutAttributesMetadata = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_entities_), 1, false}, /* entityType */
		{T(_), 4, false}, /* entityIdentifier */
		{T(_attributes_metadata), DZ_NO_LABEL, false},
	},
	.CancelMetadataGenerationRun = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_metadata_generation_runs_), 0, false}, /* identifier */
		{T(_cancel), DZ_NO_LABEL, false},
	},
	.CancelSubscription = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_subscriptions_), 0, false}, /* identifier */
		{T(_cancel), DZ_NO_LABEL, false},
	},
	.CreateAccountPool = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_account_pools), DZ_NO_LABEL, false},
	},
	.CreateAsset = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_assets), DZ_NO_LABEL, false},
	},
	.CreateAssetFilter = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_assets_), 4, false}, /* assetIdentifier */
		{T(_filters), DZ_NO_LABEL, false},
	},
	.CreateAssetRevision = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_assets_), 2, false}, /* identifier */
		{T(_revisions), DZ_NO_LABEL, false},
	},
	.CreateAssetType = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_asset_types), DZ_NO_LABEL, false},
	},
	.CreateConnection = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_connections), DZ_NO_LABEL, false},
	},
	.CreateDataProduct = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_data_products), DZ_NO_LABEL, false},
	},
	.CreateDataProductRevision = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_data_products_), 3, false}, /* identifier */
		{T(_revisions), DZ_NO_LABEL, false},
	},
	.CreateDataSource = {
		{T(_v2_domains_), 10, false}, /* domainIdentifier */
		{T(_data_sources), DZ_NO_LABEL, false},
	},
	.CreateDesignation = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_designations), DZ_NO_LABEL, false},
	},
	.CreateDomain = {
		{T(_v2_domains), DZ_NO_LABEL, false},
	},
	.CreateDomainUnit = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_domain_units), DZ_NO_LABEL, false},
	},
	.CreateEnvironment = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_environments), DZ_NO_LABEL, false},
	},
	.CreateEnvironmentAction = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_environments_), 4, false}, /* environmentIdentifier */
		{T(_actions), DZ_NO_LABEL, false},
	},
	.CreateEnvironmentBlueprint = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_environment_blueprints), DZ_NO_LABEL, false},
	},
	.CreateEnvironmentProfile = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_environment_profiles), DZ_NO_LABEL, false},
	},
	.CreateFormType = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_form_types), DZ_NO_LABEL, false},
	},
	.CreateGlossary = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_glossaries), DZ_NO_LABEL, false},
	},
	.CreateGlossaryTerm = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_glossary_terms), DZ_NO_LABEL, false},
	},
	.CreateGroupProfile = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_group_profiles), DZ_NO_LABEL, false},
	},
	.CreateListingChangeSet = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_listings_change_set), DZ_NO_LABEL, false},
	},
	.CreateNotebook = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_notebooks), DZ_NO_LABEL, false},
	},
	.CreateProject = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_projects), DZ_NO_LABEL, false},
	},
	.CreateProjectMembership = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_projects_), 3, false}, /* projectIdentifier */
		{T(_createMembership), DZ_NO_LABEL, false},
	},
	.CreateProjectProfile = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_project_profiles), DZ_NO_LABEL, false},
	},
	.CreateRule = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_rules), DZ_NO_LABEL, false},
	},
	.CreateSubscriptionGrant = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_subscription_grants), DZ_NO_LABEL, false},
	},
	.CreateSubscriptionRequest = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_subscription_requests), DZ_NO_LABEL, false},
	},
	.CreateSubscriptionTarget = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_environments_), 8, false}, /* environmentIdentifier */
		{T(_subscription_targets), DZ_NO_LABEL, false},
	},
	.CreateUserProfile = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_user_profiles), DZ_NO_LABEL, false},
	},
	.DeleteAccountPool = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_account_pools_), 0, false}, /* identifier */
	},
	.DeleteAsset = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_assets_), 0, false}, /* identifier */
	},
	.DeleteAssetFilter = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_assets_), 1, false}, /* assetIdentifier */
		{T(_filters_), 0, false}, /* identifier */
	},
	.DeleteAssetType = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_asset_types_), 0, false}, /* identifier */
	},
	.DeleteConnection = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_connections_), 0, false}, /* identifier */
	},
	.DeleteDataExportConfiguration = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_data_export_configuration), DZ_NO_LABEL, false},
	},
	.DeleteDataProduct = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_data_products_), 0, false}, /* identifier */
	},
	.DeleteDataSource = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_data_sources_), 0, false}, /* identifier */
	},
	.DeleteDesignation = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_designations_), 0, false}, /* identifier */
	},
	.DeleteDomain = {
		{T(_v2_domains_), 0, false}, /* identifier */
	},
	.DeleteDomainUnit = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_domain_units_), 0, false}, /* identifier */
	},
	.DeleteEnvironment = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environments_), 0, false}, /* identifier */
	},
	.DeleteEnvironmentAction = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environments_), 2, false}, /* environmentIdentifier */
		{T(_actions_), 0, false}, /* identifier */
	},
	.DeleteEnvironmentBlueprint = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environment_blueprints_), 0, false}, /* identifier */
	},
	.DeleteEnvironmentBlueprintConfiguration = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_environment_blueprint_configurations_), 1, false}, /* environmentBlueprintIdentifier */
	},
	.DeleteEnvironmentProfile = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environment_profiles_), 0, false}, /* identifier */
	},
	.DeleteFormType = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_form_types_), 1, false}, /* formTypeIdentifier */
	},
	.DeleteGlossary = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_glossaries_), 0, false}, /* identifier */
	},
	.DeleteGlossaryTerm = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_glossary_terms_), 0, false}, /* identifier */
	},
	.DeleteLineageEvent = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_lineage_events_), 0, false}, /* identifier */
	},
	.DeleteListing = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_listings_), 0, false}, /* identifier */
	},
	.DeleteNotebook = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_notebooks_), 0, false}, /* identifier */
	},
	.DeleteProject = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_projects_), 0, false}, /* identifier */
	},
	.DeleteProjectMembership = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_projects_), 2, false}, /* projectIdentifier */
		{T(_deleteMembership), DZ_NO_LABEL, false},
	},
	.DeleteProjectProfile = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_project_profiles_), 0, false}, /* identifier */
	},
	.DeleteRule = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_rules_), 0, false}, /* identifier */
	},
	.DeleteSubscriptionGrant = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_subscription_grants_), 0, false}, /* identifier */
	},
	.DeleteSubscriptionRequest = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_subscription_requests_), 0, false}, /* identifier */
	},
	.DeleteSubscriptionTarget = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environments_), 2, false}, /* environmentIdentifier */
		{T(_subscription_targets_), 0, false}, /* identifier */
	},
	.DeleteTimeSeriesDataPoints = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_entities_), 1, false}, /* entityType */
		{T(_), 4, false}, /* entityIdentifier */
		{T(_time_series_data_points), DZ_NO_LABEL, false},
	},
	.DisassociateEnvironmentRole = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_environments_), 2, false}, /* environmentIdentifier */
		{T(_roles_), 1, false}, /* environmentRoleArn */
	},
	.DisassociateGovernedTerms = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_entities_), 0, false}, /* entityType */
		{T(_), 2, false}, /* entityIdentifier */
		{T(_disassociate_governed_terms), DZ_NO_LABEL, false},
	},
	.GetAccountPool = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_account_pools_), 0, false}, /* identifier */
	},
	.GetAsset = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_assets_), 1, false}, /* identifier */
	},
	.GetAssetFilter = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_assets_), 1, false}, /* assetIdentifier */
		{T(_filters_), 0, false}, /* identifier */
	},
	.GetAssetType = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_asset_types_), 1, false}, /* identifier */
	},
	.GetConnection = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_connections_), 0, false}, /* identifier */
	},
	.GetDataExportConfiguration = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_data_export_configuration), DZ_NO_LABEL, false},
	},
	.GetDataProduct = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_data_products_), 1, false}, /* identifier */
	},
	.GetDataSource = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_data_sources_), 0, false}, /* identifier */
	},
	.GetDataSourceRun = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_data_source_runs_), 0, false}, /* identifier */
	},
	.GetDesignation = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_designations_), 0, false}, /* identifier */
	},
	.GetDomain = {
		{T(_v2_domains_), 0, false}, /* identifier */
	},
	.GetDomainUnit = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_domain_units_), 0, false}, /* identifier */
	},
	.GetEnvironment = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environments_), 0, false}, /* identifier */
	},
	.GetEnvironmentAction = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environments_), 2, false}, /* environmentIdentifier */
		{T(_actions_), 0, false}, /* identifier */
	},
	.GetEnvironmentBlueprint = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environment_blueprints_), 0, false}, /* identifier */
	},
	.GetEnvironmentBlueprintConfiguration = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_environment_blueprint_configurations_), 1, false}, /* environmentBlueprintIdentifier */
	},
	.GetEnvironmentCredentials = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_environments_), 1, false}, /* environmentIdentifier */
		{T(_credentials), DZ_NO_LABEL, false},
	},
	.GetEnvironmentProfile = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environment_profiles_), 0, false}, /* identifier */
	},
	.GetFormType = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_form_types_), 2, false}, /* formTypeIdentifier */
	},
	.GetGlossary = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_glossaries_), 0, false}, /* identifier */
	},
	.GetGlossaryTerm = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_glossary_terms_), 0, false}, /* identifier */
	},
	.GetGroupProfile = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_group_profiles_), 0, false}, /* groupIdentifier */
	},
	.GetIamPortalLoginUrl = {
		{T(_v2_domains_), 0, false}, /* domainIdentifier */
		{T(_get_portal_login_url), DZ_NO_LABEL, false},
	},
	.GetJobRun = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_jobRuns_), 0, false}, /* identifier */
	},
	.GetLineageEvent = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_lineage_events_), 0, false}, /* identifier */
	},
	.GetLineageNode = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_lineage_nodes_), 0, false}, /* identifier */
	},
	.GetListing = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_listings_), 0, false}, /* identifier */
	},
	.GetMetadataGenerationRun = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_metadata_generation_runs_), 1, false}, /* identifier */
	},
	.GetNotebook = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_notebooks_), 0, false}, /* identifier */
	},
	.GetNotebookExport = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_notebook_exports_), 0, false}, /* identifier */
	},
	.GetNotebookRun = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_notebook_runs_), 0, false}, /* identifier */
	},
	.GetProject = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_projects_), 0, false}, /* identifier */
	},
	.GetProjectProfile = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_project_profiles_), 0, false}, /* identifier */
	},
	.GetRule = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_rules_), 1, false}, /* identifier */
	},
	.GetSubscription = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_subscriptions_), 0, false}, /* identifier */
	},
	.GetSubscriptionGrant = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_subscription_grants_), 0, false}, /* identifier */
	},
	.GetSubscriptionRequestDetails = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_subscription_requests_), 0, false}, /* identifier */
	},
	.GetSubscriptionTarget = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environments_), 2, false}, /* environmentIdentifier */
		{T(_subscription_targets_), 0, false}, /* identifier */
	},
	.GetTimeSeriesDataPoint = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_entities_), 1, false}, /* entityType */
		{T(_), 4, false}, /* entityIdentifier */
		{T(_time_series_data_points_), 2, false}, /* identifier */
	},
	.GetUserProfile = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_user_profiles_), 2, false}, /* userIdentifier */
	},
	.ListAccountPools = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_account_pools), DZ_NO_LABEL, false},
	},
	.ListAccountsInAccountPool = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_account_pools_), 1, false}, /* identifier */
		{T(_accounts), DZ_NO_LABEL, false},
	},
	.ListAssetFilters = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_assets_), 3, false}, /* assetIdentifier */
		{T(_filters), DZ_NO_LABEL, false},
	},
	.ListAssetRevisions = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_assets_), 1, false}, /* identifier */
		{T(_revisions), DZ_NO_LABEL, false},
	},
	.ListConnections = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_connections), DZ_NO_LABEL, false},
	},
	.ListDataProductRevisions = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_data_products_), 1, false}, /* identifier */
		{T(_revisions), DZ_NO_LABEL, false},
	},
	.ListDataSourceRunActivities = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_data_source_runs_), 2, false}, /* identifier */
		{T(_activities), DZ_NO_LABEL, false},
	},
	.ListDataSourceRuns = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_data_sources_), 4, false}, /* dataSourceIdentifier */
		{T(_runs), DZ_NO_LABEL, false},
	},
	.ListDataSources = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_data_sources), DZ_NO_LABEL, false},
	},
	.ListDesignations = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_designations), DZ_NO_LABEL, false},
	},
	.ListDomainUnitsForParent = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_domain_units), DZ_NO_LABEL, false},
	},
	.ListDomains = {
		{T(_v2_domains), DZ_NO_LABEL, false},
	},
	.ListEntityOwners = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_entities_), 1, false}, /* entityType */
		{T(_), 4, false}, /* entityIdentifier */
		{T(_owners), DZ_NO_LABEL, false},
	},
	.ListEnvironmentActions = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_environments_), 3, false}, /* environmentIdentifier */
		{T(_actions), DZ_NO_LABEL, false},
	},
	.ListEnvironmentBlueprintConfigurations = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_environment_blueprint_configurations), DZ_NO_LABEL, false},
	},
	.ListEnvironmentBlueprints = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_environment_blueprints), DZ_NO_LABEL, false},
	},
	.ListEnvironmentProfiles = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_environment_profiles), DZ_NO_LABEL, false},
	},
	.ListEnvironments = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_environments), DZ_NO_LABEL, false},
	},
	.ListJobRuns = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_jobs_), 4, false}, /* jobIdentifier */
		{T(_runs), DZ_NO_LABEL, false},
	},
	.ListLineageEvents = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_lineage_events), DZ_NO_LABEL, false},
	},
	.ListLineageNodeHistory = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_lineage_nodes_), 3, false}, /* identifier */
		{T(_history), DZ_NO_LABEL, false},
	},
	.ListMetadataGenerationRuns = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_metadata_generation_runs), DZ_NO_LABEL, false},
	},
	.ListNotebookRuns = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_notebook_runs), DZ_NO_LABEL, false},
	},
	.ListNotebooks = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_notebooks), DZ_NO_LABEL, false},
	},
	.ListNotifications = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_notifications), DZ_NO_LABEL, false},
	},
	.ListPolicyGrants = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_policies_managed_), 1, false}, /* entityType */
		{T(_), 5, false}, /* entityIdentifier */
		{T(_grants), DZ_NO_LABEL, false},
	},
	.ListProjectMemberships = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_projects_), 5, false}, /* projectIdentifier */
		{T(_memberships), DZ_NO_LABEL, false},
	},
	.ListProjectProfiles = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_project_profiles), DZ_NO_LABEL, false},
	},
	.ListProjects = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_projects), DZ_NO_LABEL, false},
	},
	.ListRules = {
		{T(_v2_domains_), 9, false}, /* domainIdentifier */
		{T(_list_rules_), 6, false}, /* targetType */
		{T(_), 10, false}, /* targetIdentifier */
	},
	.ListSubscriptionGrants = {
		{T(_v2_domains_), 9, false}, /* domainIdentifier */
		{T(_subscription_grants), DZ_NO_LABEL, false},
	},
	.ListSubscriptionRequests = {
		{T(_v2_domains_), 8, false}, /* domainIdentifier */
		{T(_subscription_requests), DZ_NO_LABEL, false},
	},
	.ListSubscriptionTargets = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_environments_), 5, false}, /* environmentIdentifier */
		{T(_subscription_targets), DZ_NO_LABEL, false},
	},
	.ListSubscriptions = {
		{T(_v2_domains_), 8, false}, /* domainIdentifier */
		{T(_subscriptions), DZ_NO_LABEL, false},
	},
	.ListTagsForResource = {
		{T(_tags_), 0, false}, /* resourceArn */
	},
	.ListTimeSeriesDataPoints = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_entities_), 4, false}, /* entityType */
		{T(_), 7, false}, /* entityIdentifier */
		{T(_time_series_data_points), DZ_NO_LABEL, false},
	},
	.PostLineageEvent = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_lineage_events), DZ_NO_LABEL, false},
	},
	.PostTimeSeriesDataPoints = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_entities_), 1, false}, /* entityType */
		{T(_), 4, false}, /* entityIdentifier */
		{T(_time_series_data_points), DZ_NO_LABEL, false},
	},
	.PutDataExportConfiguration = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_data_export_configuration), DZ_NO_LABEL, false},
	},
	.PutEnvironmentBlueprintConfiguration = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_environment_blueprint_configurations_), 8, false}, /* environmentBlueprintIdentifier */
	},
	.QueryGraph = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_graph_query), DZ_NO_LABEL, false},
	},
	.RejectPredictions = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_assets_), 1, false}, /* identifier */
		{T(_reject_predictions), DZ_NO_LABEL, false},
	},
	.RejectSubscriptionRequest = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_subscription_requests_), 0, false}, /* identifier */
		{T(_reject), DZ_NO_LABEL, false},
	},
	.RemoveEntityOwner = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_entities_), 1, false}, /* entityType */
		{T(_), 4, false}, /* entityIdentifier */
		{T(_removeOwner), DZ_NO_LABEL, false},
	},
	.RemovePolicyGrant = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_policies_managed_), 1, false}, /* entityType */
		{T(_), 6, false}, /* entityIdentifier */
		{T(_removeGrant), DZ_NO_LABEL, false},
	},
	.RevokeSubscription = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_subscriptions_), 0, false}, /* identifier */
		{T(_revoke), DZ_NO_LABEL, false},
	},
	.Search = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_search), DZ_NO_LABEL, false},
	},
	.SearchGroupProfiles = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_search_group_profiles), DZ_NO_LABEL, false},
	},
	.SearchListings = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_listings_search), DZ_NO_LABEL, false},
	},
	.SearchTypes = {
		{T(_v2_domains_), 8, false}, /* domainIdentifier */
		{T(_types_search), DZ_NO_LABEL, false},
	},
	.SearchUserProfiles = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_search_user_profiles), DZ_NO_LABEL, false},
	},
	.StartDataSourceRun = {
		{T(_v2_domains_), 1, false}, /* domainIdentifier */
		{T(_data_sources_), 2, false}, /* dataSourceIdentifier */
		{T(_runs), DZ_NO_LABEL, false},
	},
	.StartMetadataGenerationRun = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_metadata_generation_runs), DZ_NO_LABEL, false},
	},
	.StartNotebookExport = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_notebook_exports), DZ_NO_LABEL, false},
	},
	.StartNotebookImport = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_notebook_imports), DZ_NO_LABEL, false},
	},
	.StartNotebookRun = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_notebook_runs), DZ_NO_LABEL, false},
	},
	.StartNotebookSync = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_notebook_syncs), DZ_NO_LABEL, false},
	},
	.StopNotebookRun = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_notebook_runs_), 0, false}, /* identifier */
		{T(_stop), DZ_NO_LABEL, false},
	},
	.TagResource = {
		{T(_tags_), 1, false}, /* resourceArn */
	},
	.UntagResource = {
		{T(_tags_), 1, false}, /* resourceArn */
	},
	.UpdateAccountPool = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_account_pools_), 1, false}, /* identifier */
	},
	.UpdateAssetFilter = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_assets_), 4, false}, /* assetIdentifier */
		{T(_filters_), 1, false}, /* identifier */
	},
	.UpdateConnection = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_connections_), 1, false}, /* identifier */
	},
	.UpdateDataSource = {
		{T(_v2_domains_), 9, false}, /* domainIdentifier */
		{T(_data_sources_), 2, false}, /* identifier */
	},
	.UpdateDesignation = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_designations_), 2, false}, /* identifier */
	},
	.UpdateDomain = {
		{T(_v2_domains_), 1, false}, /* identifier */
	},
	.UpdateDomainUnit = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_domain_units_), 1, false}, /* identifier */
	},
	.UpdateEnvironment = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_environments_), 1, false}, /* identifier */
	},
	.UpdateEnvironmentAction = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_environments_), 5, false}, /* environmentIdentifier */
		{T(_actions_), 1, false}, /* identifier */
	},
	.UpdateEnvironmentBlueprint = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_environment_blueprints_), 0, false}, /* identifier */
	},
	.UpdateEnvironmentProfile = {
		{T(_v2_domains_), 6, false}, /* domainIdentifier */
		{T(_environment_profiles_), 1, false}, /* identifier */
	},
	.UpdateGlossary = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_glossaries_), 2, false}, /* identifier */
	},
	.UpdateGlossaryTerm = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_glossary_terms_), 2, false}, /* identifier */
	},
	.UpdateGroupProfile = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_group_profiles_), 1, false}, /* groupIdentifier */
	},
	.UpdateNotebook = {
		{T(_v2_domains_), 9, false}, /* domainIdentifier */
		{T(_notebooks_), 5, false}, /* identifier */
	},
	.UpdateProject = {
		{T(_v2_domains_), 7, false}, /* domainIdentifier */
		{T(_projects_), 1, false}, /* identifier */
	},
	.UpdateProjectProfile = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_project_profiles_), 2, false}, /* identifier */
	},
	.UpdateRootDomainUnitOwner = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_root_domain_unit_owner), DZ_NO_LABEL, false},
	},
	.UpdateRule = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_rules_), 3, false}, /* identifier */
	},
	.UpdateSubscriptionGrantStatus = {
		{T(_v2_domains_), 5, false}, /* domainIdentifier */
		{T(_subscription_grants_), 1, false}, /* identifier */
		{T(_status_), 4, false}, /* assetIdentifier */
	},
	.UpdateSubscriptionRequest = {
		{T(_v2_domains_), 2, false}, /* domainIdentifier */
		{T(_subscription_requests_), 0, false}, /* identifier */
	},
	.UpdateSubscriptionTarget = {
		{T(_v2_domains_), 3, false}, /* domainIdentifier */
		{T(_environments_), 7, false}, /* environmentIdentifier */
		{T(_subscription_targets_), 2, false}, /* identifier */
	},
	.UpdateUserProfile = {
		{T(_v2_domains_), 4, false}, /* domainIdentifier */
		{T(_user_profiles_), 3, false}, /* userIdentifier */
	},
};

static const DzPager P_nextToken_nextToken_maxResults_grantList_1_25 =
	{"nextToken", "nextToken", "maxResults", "grantList", 1, 25};
static const DzPager P_nextToken_nextToken_maxResults_items_1_25 =
	{"nextToken", "nextToken", "maxResults", "items", 1, 25};
static const DzPager P_nextToken_nextToken_maxResults_items_1_50 =
	{"nextToken", "nextToken", "maxResults", "items", 1, 50};
static const DzPager P_nextToken_nextToken_maxResults_items_10_50 =
	{"nextToken", "nextToken", "maxResults", "items", 10, 50};
static const DzPager P_nextToken_nextToken_maxResults_items_25_50 =
	{"nextToken", "nextToken", "maxResults", "items", 25, 50};
static const DzPager P_nextToken_nextToken_maxResults_members_1_50 =
	{"nextToken", "nextToken", "maxResults", "members", 1, 50};
static const DzPager P_nextToken_nextToken_maxResults_nodes_1_50 =
	{"nextToken", "nextToken", "maxResults", "nodes", 1, 50};
static const DzPager P_nextToken_nextToken_maxResults_notifications_1_50 =
	{"nextToken", "nextToken", "maxResults", "notifications", 1, 50};
static const DzPager P_nextToken_nextToken_maxResults_owners_1_25 =
	{"nextToken", "nextToken", "maxResults", "owners", 1, 25};

const DzOperation dz_operations[] = {
	{
		.name = "AcceptPredictions",
		.method = "PUT",
		.input = S_AcceptPredictionsInput,
		.output = S_AcceptPredictionsOutput,
		PARTS(AcceptPredictions),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "AcceptSubscriptionRequest",
		.method = "PUT",
		.input = S_AcceptSubscriptionRequestInput,
		.output = S_AcceptSubscriptionRequestOutput,
		PARTS(AcceptSubscriptionRequest),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "AddEntityOwner",
		.method = "POST",
		.input = S_AddEntityOwnerInput,
		.output = S_AddEntityOwnerOutput,
		PARTS(AddEntityOwner),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "AddPolicyGrant",
		.method = "POST",
		.input = S_AddPolicyGrantInput,
		.output = S_AddPolicyGrantOutput,
		PARTS(AddPolicyGrant),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "AssociateEnvironmentRole",
		.method = "PUT",
		.input = S_AssociateEnvironmentRoleInput,
		.output = S_AssociateEnvironmentRoleOutput,
		PARTS(AssociateEnvironmentRole),
		.success_code = 200,
	},
	{
		.name = "AssociateGovernedTerms",
		.method = "PATCH",
		.input = S_AssociateGovernedTermsInput,
		.output = S_AssociateGovernedTermsOutput,
		PARTS(AssociateGovernedTerms),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "BatchGetAttributesMetadata",
		.method = "GET",
		.input = S_BatchGetAttributesMetadataInput,
		.output = S_BatchGetAttributesMetadataOutput,
		PARTS(BatchGetAttributesMetadata),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "BatchPutAttributesMetadata",
		.method = "PUT",
		.input = S_BatchPutAttributesMetadataInput,
		.output = S_BatchPutAttributesMetadataOutput,
		PARTS(BatchPutAttributesMetadata),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CancelMetadataGenerationRun",
		.method = "POST",
		.input = S_CancelMetadataGenerationRunInput,
		.output = S_CancelMetadataGenerationRunOutput,
		PARTS(CancelMetadataGenerationRun),
		.success_code = 200,
	},
	{
		.name = "CancelSubscription",
		.method = "PUT",
		.input = S_CancelSubscriptionInput,
		.output = S_CancelSubscriptionOutput,
		PARTS(CancelSubscription),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "CreateAccountPool",
		.method = "POST",
		.input = S_CreateAccountPoolInput,
		.output = S_CreateAccountPoolOutput,
		PARTS(CreateAccountPool),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateAsset",
		.method = "POST",
		.input = S_CreateAssetInput,
		.output = S_CreateAssetOutput,
		PARTS(CreateAsset),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateAssetFilter",
		.method = "POST",
		.input = S_CreateAssetFilterInput,
		.output = S_CreateAssetFilterOutput,
		PARTS(CreateAssetFilter),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateAssetRevision",
		.method = "POST",
		.input = S_CreateAssetRevisionInput,
		.output = S_CreateAssetRevisionOutput,
		PARTS(CreateAssetRevision),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateAssetType",
		.method = "POST",
		.input = S_CreateAssetTypeInput,
		.output = S_CreateAssetTypeOutput,
		PARTS(CreateAssetType),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateConnection",
		.method = "POST",
		.input = S_CreateConnectionInput,
		.output = S_CreateConnectionOutput,
		PARTS(CreateConnection),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_secrets = true,
		.has_body = true,
	},
	{
		.name = "CreateDataProduct",
		.method = "POST",
		.input = S_CreateDataProductInput,
		.output = S_CreateDataProductOutput,
		PARTS(CreateDataProduct),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateDataProductRevision",
		.method = "POST",
		.input = S_CreateDataProductRevisionInput,
		.output = S_CreateDataProductRevisionOutput,
		PARTS(CreateDataProductRevision),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateDataSource",
		.method = "POST",
		.input = S_CreateDataSourceInput,
		.output = S_CreateDataSourceOutput,
		PARTS(CreateDataSource),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateDesignation",
		.method = "POST",
		.input = S_CreateDesignationInput,
		.output = S_CreateDesignationOutput,
		PARTS(CreateDesignation),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateDomain",
		.method = "POST",
		.input = S_CreateDomainInput,
		.output = S_CreateDomainOutput,
		PARTS(CreateDomain),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateDomainUnit",
		.method = "POST",
		.input = S_CreateDomainUnitInput,
		.output = S_CreateDomainUnitOutput,
		PARTS(CreateDomainUnit),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateEnvironment",
		.method = "POST",
		.input = S_CreateEnvironmentInput,
		.output = S_CreateEnvironmentOutput,
		PARTS(CreateEnvironment),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateEnvironmentAction",
		.method = "POST",
		.input = S_CreateEnvironmentActionInput,
		.output = S_CreateEnvironmentActionOutput,
		PARTS(CreateEnvironmentAction),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateEnvironmentBlueprint",
		.method = "POST",
		.input = S_CreateEnvironmentBlueprintInput,
		.output = S_CreateEnvironmentBlueprintOutput,
		PARTS(CreateEnvironmentBlueprint),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateEnvironmentProfile",
		.method = "POST",
		.input = S_CreateEnvironmentProfileInput,
		.output = S_CreateEnvironmentProfileOutput,
		PARTS(CreateEnvironmentProfile),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateFormType",
		.method = "POST",
		.input = S_CreateFormTypeInput,
		.output = S_CreateFormTypeOutput,
		PARTS(CreateFormType),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateGlossary",
		.method = "POST",
		.input = S_CreateGlossaryInput,
		.output = S_CreateGlossaryOutput,
		PARTS(CreateGlossary),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateGlossaryTerm",
		.method = "POST",
		.input = S_CreateGlossaryTermInput,
		.output = S_CreateGlossaryTermOutput,
		PARTS(CreateGlossaryTerm),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateGroupProfile",
		.method = "POST",
		.input = S_CreateGroupProfileInput,
		.output = S_CreateGroupProfileOutput,
		PARTS(CreateGroupProfile),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateListingChangeSet",
		.method = "POST",
		.input = S_CreateListingChangeSetInput,
		.output = S_CreateListingChangeSetOutput,
		PARTS(CreateListingChangeSet),
		.success_code = 200,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateNotebook",
		.method = "POST",
		.input = S_CreateNotebookInput,
		.output = S_CreateNotebookOutput,
		PARTS(CreateNotebook),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateProject",
		.method = "POST",
		.input = S_CreateProjectInput,
		.output = S_CreateProjectOutput,
		PARTS(CreateProject),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateProjectMembership",
		.method = "POST",
		.input = S_CreateProjectMembershipInput,
		.output = S_CreateProjectMembershipOutput,
		PARTS(CreateProjectMembership),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateProjectProfile",
		.method = "POST",
		.input = S_CreateProjectProfileInput,
		.output = S_CreateProjectProfileOutput,
		PARTS(CreateProjectProfile),
		.success_code = 201,
		.has_body = true,
	},
	{
		.name = "CreateRule",
		.method = "POST",
		.input = S_CreateRuleInput,
		.output = S_CreateRuleOutput,
		PARTS(CreateRule),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateSubscriptionGrant",
		.method = "POST",
		.input = S_CreateSubscriptionGrantInput,
		.output = S_CreateSubscriptionGrantOutput,
		PARTS(CreateSubscriptionGrant),
		.success_code = 200,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateSubscriptionRequest",
		.method = "POST",
		.input = S_CreateSubscriptionRequestInput,
		.output = S_CreateSubscriptionRequestOutput,
		PARTS(CreateSubscriptionRequest),
		.success_code = 200,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateSubscriptionTarget",
		.method = "POST",
		.input = S_CreateSubscriptionTargetInput,
		.output = S_CreateSubscriptionTargetOutput,
		PARTS(CreateSubscriptionTarget),
		.success_code = 200,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "CreateUserProfile",
		.method = "POST",
		.input = S_CreateUserProfileInput,
		.output = S_CreateUserProfileOutput,
		PARTS(CreateUserProfile),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "DeleteAccountPool",
		.method = "DELETE",
		.input = S_DeleteAccountPoolInput,
		.output = S_DeleteAccountPoolOutput,
		PARTS(DeleteAccountPool),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteAsset",
		.method = "DELETE",
		.input = S_DeleteAssetInput,
		.output = S_DeleteAssetOutput,
		PARTS(DeleteAsset),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteAssetFilter",
		.method = "DELETE",
		.input = S_DeleteAssetFilterInput,
		.output = DZ_NO_SHAPE,
		PARTS(DeleteAssetFilter),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteAssetType",
		.method = "DELETE",
		.input = S_DeleteAssetTypeInput,
		.output = S_DeleteAssetTypeOutput,
		PARTS(DeleteAssetType),
		.success_code = 204,
	},
	{
		.name = "DeleteConnection",
		.method = "DELETE",
		.input = S_DeleteConnectionInput,
		.output = S_DeleteConnectionOutput,
		PARTS(DeleteConnection),
		.success_code = 202,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteDataExportConfiguration",
		.method = "DELETE",
		.input = S_DeleteDataExportConfigurationInput,
		.output = S_DeleteDataExportConfigurationOutput,
		PARTS(DeleteDataExportConfiguration),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteDataProduct",
		.method = "DELETE",
		.input = S_DeleteDataProductInput,
		.output = S_DeleteDataProductOutput,
		PARTS(DeleteDataProduct),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteDataSource",
		.method = "DELETE",
		.input = S_DeleteDataSourceInput,
		.output = S_DeleteDataSourceOutput,
		PARTS(DeleteDataSource),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
	},
	{
		.name = "DeleteDesignation",
		.method = "DELETE",
		.input = S_DeleteDesignationInput,
		.output = S_DeleteDesignationOutput,
		PARTS(DeleteDesignation),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteDomain",
		.method = "DELETE",
		.input = S_DeleteDomainInput,
		.output = S_DeleteDomainOutput,
		PARTS(DeleteDomain),
		.success_code = 202,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
	},
	{
		.name = "DeleteDomainUnit",
		.method = "DELETE",
		.input = S_DeleteDomainUnitInput,
		.output = S_DeleteDomainUnitOutput,
		PARTS(DeleteDomainUnit),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteEnvironment",
		.method = "DELETE",
		.input = S_DeleteEnvironmentInput,
		.output = DZ_NO_SHAPE,
		PARTS(DeleteEnvironment),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteEnvironmentAction",
		.method = "DELETE",
		.input = S_DeleteEnvironmentActionInput,
		.output = DZ_NO_SHAPE,
		PARTS(DeleteEnvironmentAction),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteEnvironmentBlueprint",
		.method = "DELETE",
		.input = S_DeleteEnvironmentBlueprintInput,
		.output = DZ_NO_SHAPE,
		PARTS(DeleteEnvironmentBlueprint),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteEnvironmentBlueprintConfiguration",
		.method = "DELETE",
		.input = S_DeleteEnvironmentBlueprintConfigurationInput,
		.output = S_DeleteEnvironmentBlueprintConfigurationOutput,
		PARTS(DeleteEnvironmentBlueprintConfiguration),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteEnvironmentProfile",
		.method = "DELETE",
		.input = S_DeleteEnvironmentProfileInput,
		.output = DZ_NO_SHAPE,
		PARTS(DeleteEnvironmentProfile),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteFormType",
		.method = "DELETE",
		.input = S_DeleteFormTypeInput,
		.output = S_DeleteFormTypeOutput,
		PARTS(DeleteFormType),
		.success_code = 204,
	},
	{
		.name = "DeleteGlossary",
		.method = "DELETE",
		.input = S_DeleteGlossaryInput,
		.output = S_DeleteGlossaryOutput,
		PARTS(DeleteGlossary),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteGlossaryTerm",
		.method = "DELETE",
		.input = S_DeleteGlossaryTermInput,
		.output = S_DeleteGlossaryTermOutput,
		PARTS(DeleteGlossaryTerm),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteLineageEvent",
		.method = "DELETE",
		.input = S_DeleteLineageEventInput,
		.output = S_DeleteLineageEventOutput,
		PARTS(DeleteLineageEvent),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteListing",
		.method = "DELETE",
		.input = S_DeleteListingInput,
		.output = S_DeleteListingOutput,
		PARTS(DeleteListing),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteNotebook",
		.method = "DELETE",
		.input = S_DeleteNotebookInput,
		.output = S_DeleteNotebookOutput,
		PARTS(DeleteNotebook),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteProject",
		.method = "DELETE",
		.input = S_DeleteProjectInput,
		.output = S_DeleteProjectOutput,
		PARTS(DeleteProject),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteProjectMembership",
		.method = "POST",
		.input = S_DeleteProjectMembershipInput,
		.output = S_DeleteProjectMembershipOutput,
		PARTS(DeleteProjectMembership),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "DeleteProjectProfile",
		.method = "DELETE",
		.input = S_DeleteProjectProfileInput,
		.output = S_DeleteProjectProfileOutput,
		PARTS(DeleteProjectProfile),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteRule",
		.method = "DELETE",
		.input = S_DeleteRuleInput,
		.output = S_DeleteRuleOutput,
		PARTS(DeleteRule),
		.success_code = 204,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "DeleteSubscriptionGrant",
		.method = "DELETE",
		.input = S_DeleteSubscriptionGrantInput,
		.output = S_DeleteSubscriptionGrantOutput,
		PARTS(DeleteSubscriptionGrant),
		.success_code = 200,
	},
	{
		.name = "DeleteSubscriptionRequest",
		.method = "DELETE",
		.input = S_DeleteSubscriptionRequestInput,
		.output = DZ_NO_SHAPE,
		PARTS(DeleteSubscriptionRequest),
		.success_code = 204,
	},
	{
		.name = "DeleteSubscriptionTarget",
		.method = "DELETE",
		.input = S_DeleteSubscriptionTargetInput,
		.output = DZ_NO_SHAPE,
		PARTS(DeleteSubscriptionTarget),
		.success_code = 204,
	},
	{
		.name = "DeleteTimeSeriesDataPoints",
		.method = "DELETE",
		.input = S_DeleteTimeSeriesDataPointsInput,
		.output = S_DeleteTimeSeriesDataPointsOutput,
		PARTS(DeleteTimeSeriesDataPoints),
		.success_code = 204,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
	},
	{
		.name = "DisassociateEnvironmentRole",
		.method = "DELETE",
		.input = S_DisassociateEnvironmentRoleInput,
		.output = S_DisassociateEnvironmentRoleOutput,
		PARTS(DisassociateEnvironmentRole),
		.success_code = 200,
	},
	{
		.name = "DisassociateGovernedTerms",
		.method = "PATCH",
		.input = S_DisassociateGovernedTermsInput,
		.output = S_DisassociateGovernedTermsOutput,
		PARTS(DisassociateGovernedTerms),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "GetAccountPool",
		.method = "GET",
		.input = S_GetAccountPoolInput,
		.output = S_GetAccountPoolOutput,
		PARTS(GetAccountPool),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetAsset",
		.method = "GET",
		.input = S_GetAssetInput,
		.output = S_GetAssetOutput,
		PARTS(GetAsset),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetAssetFilter",
		.method = "GET",
		.input = S_GetAssetFilterInput,
		.output = S_GetAssetFilterOutput,
		PARTS(GetAssetFilter),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetAssetType",
		.method = "GET",
		.input = S_GetAssetTypeInput,
		.output = S_GetAssetTypeOutput,
		PARTS(GetAssetType),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetConnection",
		.method = "GET",
		.input = S_GetConnectionInput,
		.output = S_GetConnectionOutput,
		PARTS(GetConnection),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_secrets = true,
	},
	{
		.name = "GetDataExportConfiguration",
		.method = "GET",
		.input = S_GetDataExportConfigurationInput,
		.output = S_GetDataExportConfigurationOutput,
		PARTS(GetDataExportConfiguration),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetDataProduct",
		.method = "GET",
		.input = S_GetDataProductInput,
		.output = S_GetDataProductOutput,
		PARTS(GetDataProduct),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetDataSource",
		.method = "GET",
		.input = S_GetDataSourceInput,
		.output = S_GetDataSourceOutput,
		PARTS(GetDataSource),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetDataSourceRun",
		.method = "GET",
		.input = S_GetDataSourceRunInput,
		.output = S_GetDataSourceRunOutput,
		PARTS(GetDataSourceRun),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetDesignation",
		.method = "GET",
		.input = S_GetDesignationInput,
		.output = S_GetDesignationOutput,
		PARTS(GetDesignation),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetDomain",
		.method = "GET",
		.input = S_GetDomainInput,
		.output = S_GetDomainOutput,
		PARTS(GetDomain),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetDomainUnit",
		.method = "GET",
		.input = S_GetDomainUnitInput,
		.output = S_GetDomainUnitOutput,
		PARTS(GetDomainUnit),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetEnvironment",
		.method = "GET",
		.input = S_GetEnvironmentInput,
		.output = S_GetEnvironmentOutput,
		PARTS(GetEnvironment),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetEnvironmentAction",
		.method = "GET",
		.input = S_GetEnvironmentActionInput,
		.output = S_GetEnvironmentActionOutput,
		PARTS(GetEnvironmentAction),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetEnvironmentBlueprint",
		.method = "GET",
		.input = S_GetEnvironmentBlueprintInput,
		.output = S_GetEnvironmentBlueprintOutput,
		PARTS(GetEnvironmentBlueprint),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetEnvironmentBlueprintConfiguration",
		.method = "GET",
		.input = S_GetEnvironmentBlueprintConfigurationInput,
		.output = S_GetEnvironmentBlueprintConfigurationOutput,
		PARTS(GetEnvironmentBlueprintConfiguration),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetEnvironmentCredentials",
		.method = "GET",
		.input = S_GetEnvironmentCredentialsInput,
		.output = S_GetEnvironmentCredentialsOutput,
		PARTS(GetEnvironmentCredentials),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_secrets = true,
	},
	{
		.name = "GetEnvironmentProfile",
		.method = "GET",
		.input = S_GetEnvironmentProfileInput,
		.output = S_GetEnvironmentProfileOutput,
		PARTS(GetEnvironmentProfile),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetFormType",
		.method = "GET",
		.input = S_GetFormTypeInput,
		.output = S_GetFormTypeOutput,
		PARTS(GetFormType),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetGlossary",
		.method = "GET",
		.input = S_GetGlossaryInput,
		.output = S_GetGlossaryOutput,
		PARTS(GetGlossary),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetGlossaryTerm",
		.method = "GET",
		.input = S_GetGlossaryTermInput,
		.output = S_GetGlossaryTermOutput,
		PARTS(GetGlossaryTerm),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetGroupProfile",
		.method = "GET",
		.input = S_GetGroupProfileInput,
		.output = S_GetGroupProfileOutput,
		PARTS(GetGroupProfile),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetIamPortalLoginUrl",
		.method = "POST",
		.input = S_GetIamPortalLoginUrlInput,
		.output = S_GetIamPortalLoginUrlOutput,
		PARTS(GetIamPortalLoginUrl),
		.success_code = 200,
		.repeatable = true,
		.has_secrets = true,
	},
	{
		.name = "GetJobRun",
		.method = "GET",
		.input = S_GetJobRunInput,
		.output = S_GetJobRunOutput,
		PARTS(GetJobRun),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetLineageEvent",
		.method = "GET",
		.input = S_GetLineageEventInput,
		.output = S_GetLineageEventOutput,
		PARTS(GetLineageEvent),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetLineageNode",
		.method = "GET",
		.input = S_GetLineageNodeInput,
		.output = S_GetLineageNodeOutput,
		PARTS(GetLineageNode),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetListing",
		.method = "GET",
		.input = S_GetListingInput,
		.output = S_GetListingOutput,
		PARTS(GetListing),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetMetadataGenerationRun",
		.method = "GET",
		.input = S_GetMetadataGenerationRunInput,
		.output = S_GetMetadataGenerationRunOutput,
		PARTS(GetMetadataGenerationRun),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetNotebook",
		.method = "GET",
		.input = S_GetNotebookInput,
		.output = S_GetNotebookOutput,
		PARTS(GetNotebook),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetNotebookExport",
		.method = "GET",
		.input = S_GetNotebookExportInput,
		.output = S_GetNotebookExportOutput,
		PARTS(GetNotebookExport),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetNotebookRun",
		.method = "GET",
		.input = S_GetNotebookRunInput,
		.output = S_GetNotebookRunOutput,
		PARTS(GetNotebookRun),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetProject",
		.method = "GET",
		.input = S_GetProjectInput,
		.output = S_GetProjectOutput,
		PARTS(GetProject),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetProjectProfile",
		.method = "GET",
		.input = S_GetProjectProfileInput,
		.output = S_GetProjectProfileOutput,
		PARTS(GetProjectProfile),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetRule",
		.method = "GET",
		.input = S_GetRuleInput,
		.output = S_GetRuleOutput,
		PARTS(GetRule),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetSubscription",
		.method = "GET",
		.input = S_GetSubscriptionInput,
		.output = S_GetSubscriptionOutput,
		PARTS(GetSubscription),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetSubscriptionGrant",
		.method = "GET",
		.input = S_GetSubscriptionGrantInput,
		.output = S_GetSubscriptionGrantOutput,
		PARTS(GetSubscriptionGrant),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetSubscriptionRequestDetails",
		.method = "GET",
		.input = S_GetSubscriptionRequestDetailsInput,
		.output = S_GetSubscriptionRequestDetailsOutput,
		PARTS(GetSubscriptionRequestDetails),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetSubscriptionTarget",
		.method = "GET",
		.input = S_GetSubscriptionTargetInput,
		.output = S_GetSubscriptionTargetOutput,
		PARTS(GetSubscriptionTarget),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetTimeSeriesDataPoint",
		.method = "GET",
		.input = S_GetTimeSeriesDataPointInput,
		.output = S_GetTimeSeriesDataPointOutput,
		PARTS(GetTimeSeriesDataPoint),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "GetUserProfile",
		.method = "GET",
		.input = S_GetUserProfileInput,
		.output = S_GetUserProfileOutput,
		PARTS(GetUserProfile),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListAccountPools",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListAccountPoolsInput,
		.output = S_ListAccountPoolsOutput,
		PARTS(ListAccountPools),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListAccountsInAccountPool",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListAccountsInAccountPoolInput,
		.output = S_ListAccountsInAccountPoolOutput,
		PARTS(ListAccountsInAccountPool),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListAssetFilters",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListAssetFiltersInput,
		.output = S_ListAssetFiltersOutput,
		PARTS(ListAssetFilters),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListAssetRevisions",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListAssetRevisionsInput,
		.output = S_ListAssetRevisionsOutput,
		PARTS(ListAssetRevisions),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListConnections",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListConnectionsInput,
		.output = S_ListConnectionsOutput,
		PARTS(ListConnections),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_secrets = true,
	},
	{
		.name = "ListDataProductRevisions",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListDataProductRevisionsInput,
		.output = S_ListDataProductRevisionsOutput,
		PARTS(ListDataProductRevisions),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListDataSourceRunActivities",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListDataSourceRunActivitiesInput,
		.output = S_ListDataSourceRunActivitiesOutput,
		PARTS(ListDataSourceRunActivities),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListDataSourceRuns",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListDataSourceRunsInput,
		.output = S_ListDataSourceRunsOutput,
		PARTS(ListDataSourceRuns),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListDataSources",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListDataSourcesInput,
		.output = S_ListDataSourcesOutput,
		PARTS(ListDataSources),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListDesignations",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_10_50,
		.input = S_ListDesignationsInput,
		.output = S_ListDesignationsOutput,
		PARTS(ListDesignations),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListDomainUnitsForParent",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_25,
		.input = S_ListDomainUnitsForParentInput,
		.output = S_ListDomainUnitsForParentOutput,
		PARTS(ListDomainUnitsForParent),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListDomains",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_25,
		.input = S_ListDomainsInput,
		.output = S_ListDomainsOutput,
		PARTS(ListDomains),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListEntityOwners",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_owners_1_25,
		.input = S_ListEntityOwnersInput,
		.output = S_ListEntityOwnersOutput,
		PARTS(ListEntityOwners),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListEnvironmentActions",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListEnvironmentActionsInput,
		.output = S_ListEnvironmentActionsOutput,
		PARTS(ListEnvironmentActions),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListEnvironmentBlueprintConfigurations",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListEnvironmentBlueprintConfigurationsInput,
		.output = S_ListEnvironmentBlueprintConfigurationsOutput,
		PARTS(ListEnvironmentBlueprintConfigurations),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListEnvironmentBlueprints",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListEnvironmentBlueprintsInput,
		.output = S_ListEnvironmentBlueprintsOutput,
		PARTS(ListEnvironmentBlueprints),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListEnvironmentProfiles",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListEnvironmentProfilesInput,
		.output = S_ListEnvironmentProfilesOutput,
		PARTS(ListEnvironmentProfiles),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListEnvironments",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListEnvironmentsInput,
		.output = S_ListEnvironmentsOutput,
		PARTS(ListEnvironments),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListJobRuns",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListJobRunsInput,
		.output = S_ListJobRunsOutput,
		PARTS(ListJobRuns),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListLineageEvents",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListLineageEventsInput,
		.output = S_ListLineageEventsOutput,
		PARTS(ListLineageEvents),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListLineageNodeHistory",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_nodes_1_50,
		.input = S_ListLineageNodeHistoryInput,
		.output = S_ListLineageNodeHistoryOutput,
		PARTS(ListLineageNodeHistory),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListMetadataGenerationRuns",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListMetadataGenerationRunsInput,
		.output = S_ListMetadataGenerationRunsOutput,
		PARTS(ListMetadataGenerationRuns),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListNotebookRuns",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListNotebookRunsInput,
		.output = S_ListNotebookRunsOutput,
		PARTS(ListNotebookRuns),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListNotebooks",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListNotebooksInput,
		.output = S_ListNotebooksOutput,
		PARTS(ListNotebooks),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListNotifications",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_notifications_1_50,
		.input = S_ListNotificationsInput,
		.output = S_ListNotificationsOutput,
		PARTS(ListNotifications),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListPolicyGrants",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_grantList_1_25,
		.input = S_ListPolicyGrantsInput,
		.output = S_ListPolicyGrantsOutput,
		PARTS(ListPolicyGrants),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListProjectMemberships",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_members_1_50,
		.input = S_ListProjectMembershipsInput,
		.output = S_ListProjectMembershipsOutput,
		PARTS(ListProjectMemberships),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListProjectProfiles",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListProjectProfilesInput,
		.output = S_ListProjectProfilesOutput,
		PARTS(ListProjectProfiles),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListProjects",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListProjectsInput,
		.output = S_ListProjectsOutput,
		PARTS(ListProjects),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListRules",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_25_50,
		.input = S_ListRulesInput,
		.output = S_ListRulesOutput,
		PARTS(ListRules),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListSubscriptionGrants",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListSubscriptionGrantsInput,
		.output = S_ListSubscriptionGrantsOutput,
		PARTS(ListSubscriptionGrants),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListSubscriptionRequests",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListSubscriptionRequestsInput,
		.output = S_ListSubscriptionRequestsOutput,
		PARTS(ListSubscriptionRequests),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListSubscriptionTargets",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListSubscriptionTargetsInput,
		.output = S_ListSubscriptionTargetsOutput,
		PARTS(ListSubscriptionTargets),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListSubscriptions",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListSubscriptionsInput,
		.output = S_ListSubscriptionsOutput,
		PARTS(ListSubscriptions),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListTagsForResource",
		.method = "GET",
		.input = S_ListTagsForResourceRequest,
		.output = S_ListTagsForResourceResponse,
		PARTS(ListTagsForResource),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "ListTimeSeriesDataPoints",
		.method = "GET",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_ListTimeSeriesDataPointsInput,
		.output = S_ListTimeSeriesDataPointsOutput,
		PARTS(ListTimeSeriesDataPoints),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
	},
	{
		.name = "PostLineageEvent",
		.method = "POST",
		.input = S_PostLineageEventInput,
		.output = S_PostLineageEventOutput,
		PARTS(PostLineageEvent),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
	},
	{
		.name = "PostTimeSeriesDataPoints",
		.method = "POST",
		.input = S_PostTimeSeriesDataPointsInput,
		.output = S_PostTimeSeriesDataPointsOutput,
		PARTS(PostTimeSeriesDataPoints),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "PutDataExportConfiguration",
		.method = "PUT",
		.input = S_PutDataExportConfigurationInput,
		.output = S_PutDataExportConfigurationOutput,
		PARTS(PutDataExportConfiguration),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "PutEnvironmentBlueprintConfiguration",
		.method = "PUT",
		.input = S_PutEnvironmentBlueprintConfigurationInput,
		.output = S_PutEnvironmentBlueprintConfigurationOutput,
		PARTS(PutEnvironmentBlueprintConfiguration),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "QueryGraph",
		.method = "POST",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_QueryGraphInput,
		.output = S_QueryGraphOutput,
		PARTS(QueryGraph),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "RejectPredictions",
		.method = "PUT",
		.input = S_RejectPredictionsInput,
		.output = S_RejectPredictionsOutput,
		PARTS(RejectPredictions),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "RejectSubscriptionRequest",
		.method = "PUT",
		.input = S_RejectSubscriptionRequestInput,
		.output = S_RejectSubscriptionRequestOutput,
		PARTS(RejectSubscriptionRequest),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "RemoveEntityOwner",
		.method = "POST",
		.input = S_RemoveEntityOwnerInput,
		.output = S_RemoveEntityOwnerOutput,
		PARTS(RemoveEntityOwner),
		.success_code = 204,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "RemovePolicyGrant",
		.method = "POST",
		.input = S_RemovePolicyGrantInput,
		.output = S_RemovePolicyGrantOutput,
		PARTS(RemovePolicyGrant),
		.success_code = 204,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "RevokeSubscription",
		.method = "PUT",
		.input = S_RevokeSubscriptionInput,
		.output = S_RevokeSubscriptionOutput,
		PARTS(RevokeSubscription),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "Search",
		.method = "POST",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_SearchInput,
		.output = S_SearchOutput,
		PARTS(Search),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "SearchGroupProfiles",
		.method = "POST",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_SearchGroupProfilesInput,
		.output = S_SearchGroupProfilesOutput,
		PARTS(SearchGroupProfiles),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "SearchListings",
		.method = "POST",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_SearchListingsInput,
		.output = S_SearchListingsOutput,
		PARTS(SearchListings),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "SearchTypes",
		.method = "POST",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_SearchTypesInput,
		.output = S_SearchTypesOutput,
		PARTS(SearchTypes),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "SearchUserProfiles",
		.method = "POST",
		.pager = &P_nextToken_nextToken_maxResults_items_1_50,
		.input = S_SearchUserProfilesInput,
		.output = S_SearchUserProfilesOutput,
		PARTS(SearchUserProfiles),
		.success_code = 200,
		.read_only = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "StartDataSourceRun",
		.method = "POST",
		.input = S_StartDataSourceRunInput,
		.output = S_StartDataSourceRunOutput,
		PARTS(StartDataSourceRun),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "StartMetadataGenerationRun",
		.method = "POST",
		.input = S_StartMetadataGenerationRunInput,
		.output = S_StartMetadataGenerationRunOutput,
		PARTS(StartMetadataGenerationRun),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "StartNotebookExport",
		.method = "POST",
		.input = S_StartNotebookExportInput,
		.output = S_StartNotebookExportOutput,
		PARTS(StartNotebookExport),
		.success_code = 201,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "StartNotebookImport",
		.method = "POST",
		.input = S_StartNotebookImportInput,
		.output = S_StartNotebookImportOutput,
		PARTS(StartNotebookImport),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "StartNotebookRun",
		.method = "POST",
		.input = S_StartNotebookRunInput,
		.output = S_StartNotebookRunOutput,
		PARTS(StartNotebookRun),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "StartNotebookSync",
		.method = "POST",
		.input = S_StartNotebookSyncInput,
		.output = S_StartNotebookSyncOutput,
		PARTS(StartNotebookSync),
		.success_code = 201,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "StopNotebookRun",
		.method = "PUT",
		.input = S_StopNotebookRunInput,
		.output = S_StopNotebookRunOutput,
		PARTS(StopNotebookRun),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "TagResource",
		.method = "POST",
		.input = S_TagResourceRequest,
		.output = S_TagResourceResponse,
		PARTS(TagResource),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "UntagResource",
		.method = "DELETE",
		.input = S_UntagResourceRequest,
		.output = S_UntagResourceResponse,
		PARTS(UntagResource),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
	},
	{
		.name = "UpdateAccountPool",
		.method = "PATCH",
		.input = S_UpdateAccountPoolInput,
		.output = S_UpdateAccountPoolOutput,
		PARTS(UpdateAccountPool),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateAssetFilter",
		.method = "PATCH",
		.input = S_UpdateAssetFilterInput,
		.output = S_UpdateAssetFilterOutput,
		PARTS(UpdateAssetFilter),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateConnection",
		.method = "PATCH",
		.input = S_UpdateConnectionInput,
		.output = S_UpdateConnectionOutput,
		PARTS(UpdateConnection),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_secrets = true,
		.has_body = true,
	},
	{
		.name = "UpdateDataSource",
		.method = "PATCH",
		.input = S_UpdateDataSourceInput,
		.output = S_UpdateDataSourceOutput,
		PARTS(UpdateDataSource),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateDesignation",
		.method = "PATCH",
		.input = S_UpdateDesignationInput,
		.output = S_UpdateDesignationOutput,
		PARTS(UpdateDesignation),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "UpdateDomain",
		.method = "PUT",
		.input = S_UpdateDomainInput,
		.output = S_UpdateDomainOutput,
		PARTS(UpdateDomain),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateDomainUnit",
		.method = "PUT",
		.input = S_UpdateDomainUnitInput,
		.output = S_UpdateDomainUnitOutput,
		PARTS(UpdateDomainUnit),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateEnvironment",
		.method = "PATCH",
		.input = S_UpdateEnvironmentInput,
		.output = S_UpdateEnvironmentOutput,
		PARTS(UpdateEnvironment),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "UpdateEnvironmentAction",
		.method = "PATCH",
		.input = S_UpdateEnvironmentActionInput,
		.output = S_UpdateEnvironmentActionOutput,
		PARTS(UpdateEnvironmentAction),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "UpdateEnvironmentBlueprint",
		.method = "PATCH",
		.input = S_UpdateEnvironmentBlueprintInput,
		.output = S_UpdateEnvironmentBlueprintOutput,
		PARTS(UpdateEnvironmentBlueprint),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateEnvironmentProfile",
		.method = "PATCH",
		.input = S_UpdateEnvironmentProfileInput,
		.output = S_UpdateEnvironmentProfileOutput,
		PARTS(UpdateEnvironmentProfile),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "UpdateGlossary",
		.method = "PATCH",
		.input = S_UpdateGlossaryInput,
		.output = S_UpdateGlossaryOutput,
		PARTS(UpdateGlossary),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateGlossaryTerm",
		.method = "PATCH",
		.input = S_UpdateGlossaryTermInput,
		.output = S_UpdateGlossaryTermOutput,
		PARTS(UpdateGlossaryTerm),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateGroupProfile",
		.method = "PUT",
		.input = S_UpdateGroupProfileInput,
		.output = S_UpdateGroupProfileOutput,
		PARTS(UpdateGroupProfile),
		.success_code = 200,
		.has_body = true,
	},
	{
		.name = "UpdateNotebook",
		.method = "PATCH",
		.input = S_UpdateNotebookInput,
		.output = S_UpdateNotebookOutput,
		PARTS(UpdateNotebook),
		.success_code = 200,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateProject",
		.method = "PATCH",
		.input = S_UpdateProjectInput,
		.output = S_UpdateProjectOutput,
		PARTS(UpdateProject),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateProjectProfile",
		.method = "PATCH",
		.input = S_UpdateProjectProfileInput,
		.output = S_UpdateProjectProfileOutput,
		PARTS(UpdateProjectProfile),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateRootDomainUnitOwner",
		.method = "PATCH",
		.input = S_UpdateRootDomainUnitOwnerInput,
		.output = S_UpdateRootDomainUnitOwnerOutput,
		PARTS(UpdateRootDomainUnitOwner),
		.success_code = 204,
		.idempotent = true,
		.has_token = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateRule",
		.method = "PATCH",
		.input = S_UpdateRuleInput,
		.output = S_UpdateRuleOutput,
		PARTS(UpdateRule),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateSubscriptionGrantStatus",
		.method = "PATCH",
		.input = S_UpdateSubscriptionGrantStatusInput,
		.output = S_UpdateSubscriptionGrantStatusOutput,
		PARTS(UpdateSubscriptionGrantStatus),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateSubscriptionRequest",
		.method = "PATCH",
		.input = S_UpdateSubscriptionRequestInput,
		.output = S_UpdateSubscriptionRequestOutput,
		PARTS(UpdateSubscriptionRequest),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateSubscriptionTarget",
		.method = "PATCH",
		.input = S_UpdateSubscriptionTargetInput,
		.output = S_UpdateSubscriptionTargetOutput,
		PARTS(UpdateSubscriptionTarget),
		.success_code = 200,
		.idempotent = true,
		.repeatable = true,
		.has_body = true,
	},
	{
		.name = "UpdateUserProfile",
		.method = "PUT",
		.input = S_UpdateUserProfileInput,
		.output = S_UpdateUserProfileOutput,
		PARTS(UpdateUserProfile),
		.success_code = 200,
		.has_body = true,
	},
};

const char *const dz_pool = (const char *) &pool;
const DzMember *const dz_members = (const DzMember *) &members;
const DzPathPart *const dz_path_parts = (const DzPathPart *) &parts;
const int	dz_nshapes = lengthof(dz_shapes);
const int	dz_noperations = lengthof(dz_operations);
