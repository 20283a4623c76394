package sample

import "strings"

// term is a value of the benchmark's register: the code that a codebook lists, the label that every system gets, and how often it
// is drawn. A label that needs quotes in a CSV file has them.
type term struct {
	code, label string
	weight      int
}

// column of the benchmark's register whose values are drawn.
type column struct {
	name  string
	terms []term
}

// vocabulary are the columns, in the order of the file.
var vocabulary = []column{
	{"shelter", []term{
		{"S1", "Shelter 1", 30}, {"S2", "Shelter 2", 22}, {"S3", "Shelter 3", 15}, {"S4", "Shelter 4", 11},
		{"S5", "Shelter 5", 9}, {"S6", "Shelter 6", 6}, {"S7", "Shelter 7", 4}, {"S8", "Shelter 8", 3},
	}},
	{"province", homes()},
	{"case_type", []term{
		{"DV", "Domestic violence", 19}, {"SA", "Sexual abuse", 14}, {"NC", "Neglect", 17}, {"TL", `"Trafficking, for labour"`, 21},
		{"ST", "Sex trafficking", 7}, {"EX", "Exploitation", 4}, {"RC", "Returnee", 18},
	}},
	{"sex", []term{{"F", "F", 73}, {"M", "M", 27}}},
	{"age_group", []term{
		{"0-5", "0-5", 8}, {"6-11", "6-11", 20}, {"12-17", "12-17", 41}, {"18-24", "18-24", 19}, {"25-39", "25-39", 9}, {"40-plus", "40+", 3},
	}},
	{"outcome", []term{
		{"reintegrated", "Reintegrated", 61}, {"transferred", "Transferred", 14}, {"independent", "Independent living", 11},
		{"left-early", "Left early", 9}, {"lost", "Lost contact", 5},
	}},
	{"referred_by", []term{
		{"police", "Police", 27}, {"authority", "Local authority", 22}, {"family", "Family", 16}, {"organisation", "Another organisation", 14},
		{"hotline", "Hotline", 9}, {"school", "School", 7}, {"self", "Came alone", 5},
	}},
}

// months are those of a year, and stayBands how many months a case was open, in bands of three of which the last is open.
var (
	months = []term{
		{"01", "January", 0}, {"02", "February", 0}, {"03", "March", 0}, {"04", "April", 0}, {"05", "May", 0}, {"06", "June", 0},
		{"07", "July", 0}, {"08", "August", 0}, {"09", "September", 0}, {"10", "October", 0}, {"11", "November", 0}, {"12", "December", 0},
	}
	stayBands = []term{{"0-2", "0-2", 0}, {"3-5", "3-5", 0}, {"6-8", "6-8", 0}, {"9-11", "9-11", 0}, {"12-plus", "12+", 0}}
)

// homes are the provinces with the names that the sample's code list gives them.
func homes() (terms []term) {
	names := map[string]string{}
	for line := range strings.Lines(embedded(organisation, "organisation")["lists/province.csv"]) {
		cells := strings.Split(line, ",")
		names[cells[0]] = cells[1]
	}
	for _, p := range provinces {
		terms = append(terms, term{p.code, names[p.code], p.weight})
	}
	return terms
}
