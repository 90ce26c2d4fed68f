// SPDX-License-Identifier: Apache-2.0

package copytaster

// Contract is one relation of suppliers, a buyer and a subject that the text
// states, however often it states it.
type Contract struct {
	Suppliers []Party `json:"suppliers"`
	Buyer     Party   `json:"buyer,omitzero"`
	Subject   string  `json:"subject,omitempty"`
	Values    []Money `json:"values,omitempty"` // copies of figures in the document's Money; the headline or latest first
	Status    Status  `json:"status"`
	Start     Date    `json:"start,omitzero"`
	End       Date    `json:"end,omitzero"`
	Evidence  []Span  `json:"evidence"` // of the body; the clause that states the relation first
	Score     float64 `json:"score"`    // 0 to 1: see docs/EXTRACTION.md
}

// Status is how a contract stands at the time of the text.
type Status string

// The states of a contract.
const (
	StatusBidding     Status = "bidding"
	StatusAwarded     Status = "awarded"
	StatusInForce     Status = "in_force"
	StatusExtended    Status = "extended"
	StatusUnderReview Status = "under_review"
	StatusDisputed    Status = "disputed"
	StatusExiting     Status = "exiting_early"
	StatusTerminated  Status = "terminated"
	StatusCancelled   Status = "cancelled"
	StatusPlanned     Status = "planned"
)

// Statuses lists every state of a contract.
func Statuses() []Status {
	return []Status{StatusBidding, StatusAwarded, StatusInForce, StatusExtended, StatusUnderReview,
		StatusDisputed, StatusExiting, StatusTerminated, StatusCancelled, StatusPlanned}
}
