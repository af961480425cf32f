/** Functions that compute on their arguments alone; what this list does not name cannot be called. */

/** The server whose functions were read through; those that only newer ones have were read in its manual. */
export const reviewedServer = 18

const conditions = 'num_nonnulls num_nulls pg_typeof'
const numbers =
  'abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cbrt ceil ceiling cos cosd cosh cot cotd degrees div erf erfc exp factorial float4 float8 floor gamma gcd int2 int4 int8 lcm lgamma ln log log10 min_scale mod numeric pi power radians random round scale sign sin sind sinh sqrt tan tand tanh to_bin to_hex to_number to_oct trim_scale trunc width_bucket'
const texts =
  'ascii bit_length bpchar btrim casefold char_length character_length chr concat concat_ws decode encode format get_bit get_byte initcap is_normalized left length like_escape lower lpad ltrim md5 normalize octet_length overlay position quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr repeat replace reverse right rpad rtrim sha224 sha256 sha384 sha512 similar_escape similar_to_escape split_part starts_with string_to_array string_to_table strpos substr substring text to_ascii translate unistr upper varchar'
const dates =
  'age clock_timestamp date date_add date_bin date_part date_subtract date_trunc extract interval isfinite justify_days justify_hours justify_interval make_date make_interval make_time make_timestamp make_timestamptz now overlaps statement_timestamp time timeofday timestamp timestamptz timezone to_char to_date to_timestamp transaction_timestamp'
const aggregates =
  'any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every json_agg json_object_agg jsonb_agg jsonb_object_agg max min mode percentile_cont percentile_disc range_agg range_intersect_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance'
const windows =
  'cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number'
const arrays =
  'array_append array_cat array_dims array_length array_lower array_ndims array_position array_positions array_prepend array_remove array_replace array_reverse array_sort array_to_string array_upper cardinality generate_series generate_subscripts trim_array unnest'
const json =
  'array_to_json json_array_elements json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object json_object_keys json_strip_nulls json_to_record json_to_recordset json_typeof jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof row_to_json to_json to_jsonb'
const ranges =
  'daterange int4range int8range isempty lower_inc lower_inf numrange range_merge tsrange tstzrange upper_inc upper_inf'
const searches = 'plainto_tsquery to_tsquery to_tsvector ts_rank websearch_to_tsquery'
const addresses = 'family host masklen network'

/**
 * Lower case. Left out on purpose: what reads or writes files and large objects (`pg_read_file`, `lo_import`), runs SQL
 * that stands in text (`query_to_xml`, `ts_stat`, `ts_rewrite`, `dblink`), waits or locks (`pg_sleep`, `pg_advisory_lock`),
 * ends other sessions, changes settings, seeds or sequences, and what tells about the server and not about the data.
 */
export const allowedFunctions: ReadonlySet<string> = new Set(
  [
    conditions,
    numbers,
    texts,
    dates,
    aggregates,
    windows,
    arrays,
    json,
    ranges,
    searches,
    addresses,
  ]
    .join(' ')
    .split(' '),
)

/** Types that values may be cast to, beside the database's own lists of values (enums). */
export const allowedTypes: ReadonlySet<string> = new Set(
  'bit bool bpchar bytea char cidr citext date daterange float4 float8 inet int2 int4 int8 int4range int8range interval json jsonb jsonpath macaddr money name numeric numrange text time timestamp timestamptz timetz tsquery tsrange tstzrange tsvector uuid varbit varchar'.split(
    ' ',
  ),
)

/** Operators by their signs; those that only extensions have are left out. */
export const allowedOperators: ReadonlySet<string> = new Set(
  '+ - * / % ^ |/ ||/ @ = <> != < > <= >= || & | # ~ << >> ~~ ~~* !~~ !~~* ~* !~ !~* -> ->> #> #>> @> <@ ? ?| ?& @? @@ && -|- &< &> ^@ #-'.split(
    ' ',
  ),
)
