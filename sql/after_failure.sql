--
-- A call that cannot even begin leaves nothing behind in its session.
--
\getenv srcdir PG_ABS_SRCDIR
\set include :srcdir '/sql/include/simulator.sql'
\i :include

CREATE SERVER nowhere FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier 'dzd_simulator',
    endpoint_url 'https://nowhere.invalid');
CREATE SERVER nowhere_once FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier 'dzd_simulator', max_attempts '1',
    endpoint_url 'https://nowhere.invalid');
CREATE SERVER refused FOREIGN DATA WRAPPER datazone OPTIONS (
    region 'eu-west-1', domain_identifier 'dzd_simulator', max_attempts '2',
    endpoint_url 'http://127.0.0.1:1');
CREATE USER MAPPING FOR CURRENT_USER SERVER nowhere_once OPTIONS (
    access_key_id 'AKIDEXAMPLE', secret_access_key 'nobody-will-see-this');
CREATE USER MAPPING FOR CURRENT_USER SERVER nowhere OPTIONS (
    access_key_id 'AKIDEXAMPLE', secret_access_key 'nobody-will-see-this');
CREATE USER MAPPING FOR CURRENT_USER SERVER refused OPTIONS (
    access_key_id 'AKIDEXAMPLE', secret_access_key 'nobody-will-see-this');

-- with all attempts, with one, and to a port that nobody listens at: each
-- time the same error, and calls to another server go on as ever
SELECT s.name, attempt,
       left(outcome(format('SELECT * FROM datazone_get_run(''run_payments_001'', server => %L)', s.name)), 5) AS sqlstate,
       left(outcome('SELECT * FROM datazone_get_run(''run_payments_001'', server => ''sim'')'), 6) AS then_sim
FROM (VALUES ('nowhere'), ('nowhere_once'), ('refused'), ('nowhere')) AS s (name),
     generate_series(1, 2) AS attempt;
