/** Names of functions that make one value of many rows, in any of the dialects. */

/** Functions that stand only before OVER, such as row_number, are missing on purpose. */
export const aggregateFunctions: ReadonlySet<string> = new Set(
  'any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg avg bit_and bit_or bit_xor bitstring_agg bool_and bool_or corr count count_if count_star countif covar_pop covar_samp entropy every favg first fsum geomean geometric_mean group_concat grouping grouping_id histogram histogram_exact json_agg json_arrayagg json_group_array json_group_object json_group_structure json_object_agg json_objectagg jsonb_agg jsonb_object_agg kahan_sum kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by mode percentile_cont percentile_disc product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness std stddev stddev_pop stddev_samp string_agg sum sum_no_overflow sumkahan total var_pop var_samp variance wavg weighted_avg'.split(
    ' ',
  ),
)
