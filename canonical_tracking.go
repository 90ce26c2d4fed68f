// SPDX-License-Identifier: Apache-2.0

package copytaster

import (
	"net/url"
	"slices"
	"strings"
)

// tracking tells whether a parameter only says where a reader came from. name
// and value are escaped. The lists are of names that analytics, advertising and
// mail programs document, and that publishers use for the same purpose; a name
// that some site uses to choose the page stays out.
func tracking(name, value string) bool {
	n := lowerParameter(name)
	if slices.Contains(trackingNames(), n) {
		return true
	}
	for _, p := range trackingPrefixes() {
		if strings.HasPrefix(n, p) {
			return true
		}
	}
	v := lowerParameter(value)
	switch n {
	case "ref", "referrer", "referer", "source", "src", "from", "partner", "emc", "via", "origin":
		return slices.Contains(trackingValues(), v)
	case "feature":
		return v == "share" || v == "youtu.be"
	}
	return false
}

func lowerParameter(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		s = u
	}
	return strings.ToLower(s)
}

func trackingPrefixes() []string {
	return []string{"utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "_hs", "mc_", "oly_", "vero_", "ns_",
		"at_custom", "at_campaign", "at_medium", "at_link", "at_format", "at_bbc", "at_ptr", "at_point", "at_type",
		"fb_", "__hs", "wt_", "otm_", "ga_", "wt.", "stm_", "trk_", "pf_rd_", "pd_rd_", "itm_", "ito_", "int_cmp",
		"int_source", "int_medium", "int_campaign", "tduid", "aff_", "sc_camp", "cm_mmc", "__twitter_", "sms_", "xtor", "xtref", "ml_sub"}
}

func trackingNames() []string {
	return []string{"fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid",
		"ttclid", "igshid", "igsh", "li_fat_id", "epik", "rdt_cid", "sccid", "irclickid", "cjevent", "mkt_tok", "_ga", "_gl", "mtm", "gs_l",
		"_openstat", "cmp", "cmpid", "cmpi", "ito", "ocid", "icid", "ncid", "smid", "smtyp", "sr_share", "srnd", "xtor", "spm",
		"s_kwcid", "s_cid", "ss_source", "guccounter", "guce_referrer", "guce_referrer_sig", "__tn__", "__cft__", "hctatkn",
		"mbid", "mcid", "taid", "elqtrackid", "elqtrack", "elqaid", "elqat", "elqcampaignid", "hmb_campaign", "hmb_medium",
		"hmb_source", "wickedid", "rb_clickid", "_branch_match_id", "_branch_referrer", "zanpid", "ck_subscriber_id", "wprov",
		"ref_src", "ref_url", "ref_source", "ref_medium", "share_source", "sharetype", "shareadraft", "cmp_id", "campaign_id",
		"sub_confirmation", "ftag", "ftcamp", "linkid", "linkcode", "pwreloaded", "partnerid", "intcmp", "int_cid", "dicbo",
		"ob_click_id", "outbrainclickid", "tblci", "ftm_source", "nr_email_referer", "mkcid", "mkevt", "campid", "echobox",
		"ecid", "sthash", "rtid", "_unique_id", "fromrss", "feedid", "cvid", "xing_share", "gaa_at", "gaa_n", "gaa_ts", "gaa_sig"}
}

func trackingValues() []string {
	return []string{"rss", "feed", "atom", "rssfeed", "rss_feed", "twitter", "facebook", "fb", "tw", "x", "linkedin",
		"whatsapp", "telegram", "email", "mail", "newsletter", "share", "social", "homepage", "home", "google", "googlenews", "flipboard"}
}
