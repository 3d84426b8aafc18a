--
-- Revisions of a data product.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

-- every column
\x on
SELECT id, revision, domain_id, owning_project_id, name, description, status,
       glossary_terms, items, forms_output, created_by,
       created_at BETWEEN now() - interval '1 minute'
                      AND now() + interval '1 minute' AS just_created,
       first_revision_created_at, first_revision_created_by
FROM datazone_create_data_product_revision('dp_orders', 'Orders, revised',
    description => 'With "returns" – and more.',
    items => '[{"itemType": "ASSET", "identifier": "ast_orders"},
               {"itemType": "ASSET", "identifier": "ast_returns",
                "revision": "1", "glossaryTerms": ["trm_order"]}]',
    forms_input => '[{"formName": "ReadMeForm", "typeIdentifier": "amazon.datazone.ReadMeFormType",
                      "typeRevision": "3", "content": "{\"readMe\": \"# Orders\\n\"}"},
                     {"formName": "Empty"}]',
    glossary_terms => '{trm_order,trm_customer}');
-- the least that is allowed: what is not given is not sent
SELECT id, revision, domain_id, owning_project_id, name, description, status,
       glossary_terms, items, forms_output, first_revision_created_at
FROM datazone_create_data_product_revision('dp_orders', 'Plain');
\x off
\set log `sim get log`
SELECT operation, method, target, status, headers->>'content-type' AS type,
       jsonb_pretty(body::jsonb - 'clientToken') AS body,
       body::jsonb->>'clientToken' ~ '^[0-9a-f-]{36}$' AS token_is_uuid
FROM requests(:'log');

-- one statement is one revision; two are two; a token is the same again
\! sim reset
SELECT (datazone_create_data_product_revision('dp_orders', 'Once')).* \gset one_
\! sim log
\echo :one_revision
SELECT revision FROM datazone_create_data_product_revision('dp_orders', 'Once');
SELECT a.revision, a.revision = b.revision AS same
FROM datazone_create_data_product_revision('dp_orders', 'Once') a,
     datazone_create_data_product_revision('dp_orders', 'Once') b;
SELECT revision FROM datazone_create_data_product_revision('dp_orders', 'Once',
    client_token => 'again');
SELECT revision FROM datazone_create_data_product_revision('dp_orders', 'Once',
    client_token => 'again');
SELECT refusal($$SELECT * FROM datazone_create_data_product_revision(
    'dp_orders', 'Another', client_token => 'again')$$);
\! sim fault CreateDataProductRevision half_body 1
SELECT revision FROM datazone_create_data_product_revision('dp_orders', 'Lost');
\! sim effects

-- refused before anything is sent, saying where
\! sim forget
CREATE FUNCTION revise(items text, forms text DEFAULT NULL) RETURNS text
LANGUAGE sql AS $$
    SELECT outcome(format('SELECT * FROM datazone_create_data_product_revision('
        '''dp_orders'', ''n'', items => %L, forms_input => %L)', items, forms));
$$;
SELECT items, revise(items) FROM unnest(ARRAY[
    '{"itemType": "ASSET", "identifier": "ast_orders"}',
    '"ast_orders"', '1', 'true', 'null',
    '[]',
    '["ast_orders"]',
    '[[]]',
    '[null]',
    '[{}]',
    '[{"itemType": "ASSET"}]',
    '[{"identifier": "ast_orders"}]',
    '[{"itemType": null, "identifier": "ast_orders"}]',
    '[{"itemType": "ASSET", "identifier": 7}]',
    '[{"itemType": "ASSET", "identifier": {"id": "ast_orders"}}]',
    '[{"itemType": "ASSET", "identifier": "a"}, {"itemType": true, "identifier": "b"}]',
    '[{"itemType": "ASSET", "identifier": "a", "revision": 1}]',
    '[{"itemType": "ASSET", "identifier": "a", "revison": "1"}]',
    '[{"itemType": "ASSET", "identifier": "a", "glossaryTerms": "trm_order"}]',
    '[{"itemType": "ASSET", "identifier": "a", "glossaryTerms": ["t", 2]}]',
    '[{"item_type": "ASSET", "identifier": "a"}]'
    ]) items;
SELECT forms, revise(NULL, forms) FROM unnest(ARRAY[
    '{}', '[{}]', '[{"formName": 1}]', '[{"formName": "f", "content": {"a": 1}}]',
    '[{"formName": "f"}, {"formName": "g", "typeIdentifer": "t"}]'
    ]) forms;
SELECT refusal($$SELECT * FROM datazone_create_data_product_revision(NULL, 'n')$$);
SELECT refusal($$SELECT * FROM datazone_create_data_product_revision('dp', NULL)$$);
SELECT outcome($$SELECT * FROM datazone_create_data_product_revision('', 'n')$$);
SELECT outcome($$SELECT * FROM datazone_create_data_product_revision('dp', '')$$);
SELECT outcome($$SELECT * FROM datazone_create_data_product_revision('dp', 'n',
    description => '')$$);
SELECT outcome($$SELECT * FROM datazone_create_data_product_revision('dp', 'n',
    glossary_terms => '{a,NULL}')$$);
SELECT outcome($$SELECT * FROM datazone_create_data_product_revision('dp', 'n',
    glossary_terms => '{}')$$);
\! sim count
-- an empty list of forms is a list; the service counts maxima
SELECT revise(NULL, '[]');
SELECT refusal($$SELECT * FROM datazone_create_data_product_revision(
    'dp_orders', repeat('n', 65))$$);
SELECT refusal($$SELECT * FROM datazone_create_data_product_revision(
    'dp_orders', 'n', repeat('d', 4097))$$);
SELECT revise('[{"itemType": "TABLE", "identifier": "ast_orders"}]');
SELECT revise('[{"itemType": "ASSET", "identifier": "ast_absent"}]');
SELECT refusal($$SELECT * FROM datazone_create_data_product_revision('absent', 'n')$$);
\! sim log

-- a failed creation is the service's answer, not an error; the rest is silent
\set fault `sim fault CreateDataProductRevision answer 1 '{"status": 201, "json": {"domainId": "dzd_x", "id": "d", "revision": "2", "owningProjectId": "p", "name": "n", "status": "CREATE_FAILED", "createdAt": 1762021397.763456, "glossaryTerms": [], "items": [], "firstRevisionCreatedAt": "2025-01-02T03:04:05.123456Z"}}'`
\x on
SELECT * FROM datazone_create_data_product_revision('dp_orders', 'n');
