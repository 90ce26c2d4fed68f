// SPDX-License-Identifier: Apache-2.0

package extract

import "testing"

// TestNamesOfBodies shows where the name of a public body begins and ends.
func TestNamesOfBodies(t *testing.T) {
	checkRoles(t, []roleCase{
		{"two places", "Tarvelle Ltd has won a contract from the Humber and Wolds Fire Authority.",
			"Tarvelle Ltd/supplier; Humber and Wolds Fire Authority/buyer"},
		{"two tasks", "Tarvelle Ltd has won a contract from the Licensing and Tolls Service.",
			"Tarvelle Ltd/supplier; Licensing and Tolls Service/buyer"},
		{"that which cannot stand alone", "Thornby and District Council has awarded the contract to Tarvelle Ltd.",
			"Thornby and District Council/buyer; Tarvelle Ltd/supplier"},
		{"a plural that owns", "The Teachers’ Superannuation Board has awarded the contract to Tarvelle Ltd.",
			"Teachers’ Superannuation Board/buyer; Tarvelle Ltd/supplier"},
		{"a patron", "Tarvelle Ltd has won a contract from Queen Maud's Hospitals Trust.",
			"Tarvelle Ltd/supplier; Queen Maud's Hospitals Trust/buyer"},
		{"a place behind it", "The Housing Maintenance Authority of Western Australia has awarded the contract to Tarvelle Ltd.",
			"Housing Maintenance Authority of Western Australia/buyer; Tarvelle Ltd/supplier"},
		{"a nation's", "Tarvelle Ltd has won a contract from the British Library.",
			"Tarvelle Ltd/supplier; British Library/buyer"},
		{"a listed word before it", "The Defence Science and Technology Laboratory has awarded the contract to Tarvelle Ltd.",
			"Defence Science and Technology Laboratory/buyer; Tarvelle Ltd/supplier"},
		{"two bodies", "Kent County Council and Dunholme Borough Council have awarded the contract to Tarvelle Ltd.",
			"Kent County Council/buyer; Dunholme Borough Council/buyer; Tarvelle Ltd/supplier"},
		{"a company and a body", "Serco and Dunholme Borough Council have signed the contract.",
			"Serco/supplier; Dunholme Borough Council/buyer"},
	})
}

// TestPersonsAndMachinesOfASuppliersName shows that neither rings.
func TestPersonsAndMachinesOfASuppliersName(t *testing.T) {
	checkRoles(t, []roleCase{
		{"an age", "Carla Capita, 29, a nurse, said she had not been told of the contract.", ""},
		{"a first name", "Dunholme have released lock Rory Engie with a year left on his contract.", ""},
		{"a verb that is also a first name", "Will Capita bid for the contract?", "Capita/supplier"},
		{"a model", "An Airbus A320 with 14 passengers took off from Dunholme.", ""},
		{"the maker", "Airbus has won a contract from the Home Office.", "Airbus/supplier; Home Office/buyer"},
	})
}
