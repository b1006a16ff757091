import QtQuick
import QtQuick.Layouts
import "../theme"

// A person without a chip: number and name as they stand on the paper.
ColumnLayout {
    id: form

    property bool staff: false
    property bool seen: staff
    readonly property string idNo: number.text
    readonly property string fullName: holder.text

    spacing: GsTheme.gap

    function empty(): void {
        number.text = "";
        holder.text = "";
    }

    GsField {
        id: number
        objectName: "identityNo"
        Layout.fillWidth: true
        label: qsTr("证件号码")
        help: qsTr("身份证 18 位，最后一位可能是 X")
        pad: "id"
        limit: 18
    }
    GsField {
        id: holder
        objectName: "identityName"
        Layout.fillWidth: true
        label: qsTr("姓名")
        help: qsTr("和证件上的一模一样")
        pad: "text"
        limit: 60
    }
    GsChoice {
        visible: form.staff
        objectName: "originalSeen"
        Layout.fillWidth: true
        text: qsTr("我已看过证件原件")
        note: qsTr("没有看过原件，就只算本人口述")
        iconName: "user-check"
        chosen: form.seen
        onClicked: form.seen = !form.seen
    }
}
