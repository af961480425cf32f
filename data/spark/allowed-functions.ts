/** The functions of Spark that compute on their arguments alone. Everything else is refused: files, programs, Java and the server itself. */

/** Reviewed against this version; a newer one may have given a name another meaning. */
export const reviewedVersion = '4.3'

const aggregates =
  'any any_value approx_count_distinct approx_percentile array_agg avg bit_and bit_or bit_xor bool_and bool_or collect_list collect_set corr count count_if covar_pop covar_samp every first first_value grouping grouping_id histogram_numeric kurtosis last last_value listagg max max_by mean median min min_by mode percentile percentile_approx percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy skewness some std stddev stddev_pop stddev_samp string_agg sum try_avg try_sum var_pop var_samp variance'

const windows = 'cume_dist dense_rank lag lead nth_value ntile percent_rank rank row_number'

const numbers =
  'abs acos acosh asin asinh atan atan2 atanh bin bround cbrt ceil ceiling conv cos cosh cot csc degrees div e exp expm1 factorial floor greatest hex hypot isnan least ln log log10 log1p log2 mod nanvl negative pi pmod positive pow power radians rand random rint round sec sign signum sin sinh sqrt tan tanh try_add try_divide try_mod try_multiply try_subtract try_to_number to_number unhex uniform width_bucket'

const texts =
  'ascii base64 bit_length btrim char char_length character_length chr collate collation concat concat_ws contains crc32 decode elt encode endswith find_in_set format_number format_string initcap instr lcase left len length levenshtein locate lower lpad ltrim luhn_check mask md5 octet_length overlay position printf quote regexp regexp_count regexp_extract regexp_extract_all regexp_instr regexp_like regexp_replace regexp_substr repeat replace reverse right rlike rpad rtrim sentences sha sha1 sha2 soundex space split split_part startswith substr substring substring_index to_binary to_char to_varchar translate trim try_to_binary ucase unbase64 upper url_decode url_encode'

const times =
  'add_months convert_timezone curdate current_date current_timestamp date date_add date_diff date_format date_from_unix_date date_part date_sub date_trunc dateadd datediff datepart day dayname dayofmonth dayofweek dayofyear extract from_unixtime from_utc_timestamp hour last_day localtimestamp make_date make_dt_interval make_interval make_timestamp make_timestamp_ntz make_ym_interval minute month monthname months_between next_day now quarter second timestamp timestamp_micros timestamp_millis timestamp_seconds to_date to_timestamp to_timestamp_ntz to_unix_timestamp to_utc_timestamp trunc try_make_interval try_make_timestamp try_to_date try_to_timestamp unix_date unix_micros unix_millis unix_seconds unix_timestamp weekday weekofyear window year'

const choices =
  'bigint binary boolean cast coalesce decimal double equal_null float if ifnull int isnotnull isnull nullif nullifzero nvl nvl2 smallint string tinyint try_cast typeof zeroifnull bit_count getbit hash shiftleft shiftright xxhash64'

const nested =
  'aggregate array array_append array_compact array_contains array_distinct array_except array_insert array_intersect array_join array_max array_min array_position array_prepend array_remove array_repeat array_size array_sort array_union arrays_overlap arrays_zip cardinality element_at exists filter flatten forall from_json get get_json_object json_array_length json_object_keys json_tuple map map_concat map_contains_key map_entries map_filter map_from_arrays map_from_entries map_keys map_values named_struct reduce schema_of_json sequence shuffle size slice sort_array struct to_json transform transform_keys transform_values try_element_at zip_with map_zip_with'

/** They make rows, in FROM or behind LATERAL VIEW. */
const rows = 'explode explode_outer inline inline_outer posexplode posexplode_outer range stack'

export const allowedFunctions: ReadonlySet<string> = new Set(
  [aggregates, windows, numbers, texts, times, choices, nested, rows].join(' ').split(' '),
)

/** Words that may stand before a bracket and call nothing. */
export const wordsBeforeBrackets: ReadonlySet<string> = new Set(
  'all and any as between by case char cross cube decimal dec distinct else except exists filter for from full group grouping having in inner intersect interval is join lateral left like ilike minus natural not numeric on or order outer over partition qualify right rlike regexp rollup select sets setminus some tablesample then union using values varchar when where with within limit offset pivot unpivot'.split(
    ' ',
  ),
)
