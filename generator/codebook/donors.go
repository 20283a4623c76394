package codebook

// donors checks that who supports a programme is a code of the list donor.
func (c checker) donors(p *Programme) {
	list := c.List("donor")
	for _, r := range p.Donors {
		if list == nil || list.Code(r.ID) == nil {
			c.diags.Errorf(r.At, "codebook/unknown-id", "name it in the list donor first", "expected a code of the list donor, found %q", r.ID)
		}
	}
}
